#pragma once
/// One connection in process: the host's end is a stream, the other a `client`.
///
///   free --connect--> queued --accept--> open --both ends closed--> free
///
/// A client may leave while its connection is queued, as one may on a network.

#include <cstdint>
#include <string_view>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory_port/faults.hpp>
#include <musubi/memory_port/pipe.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::memory_port {

class loop;

class stream final : public net::stream, public link {
 public:
  stream() noexcept = default;
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;
  ~stream() = default;

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override { host_ended_ = true; }
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

 private:
  friend class client;
  friend class loop;

  enum class place : std::uint8_t { free, queued, open };
  /// How the client's end is.
  enum class client_end : std::uint8_t {
    open,
    ended,     ///< it will write no more, and still reads
    closed,    ///< it is gone, and the host's end knows
    vanished,  ///< it is gone, and nobody knows
  };

  void connected(loop& owner, std::span<std::byte> room, std::uint32_t number,
                 std::string_view from) noexcept;
  void breaks() noexcept { broken_ = true; }
  [[nodiscard]] bool readable() const noexcept;
  [[nodiscard]] bool writable() const noexcept;
  /// There is something to tell.
  [[nodiscard]] bool due() const noexcept {
    return place_ == place::open && ((reading_ && readable()) || (writing_ && writable()));
  }
  /// Tells the host what it asked to be told; false when there was nothing to tell.
  bool tell() noexcept;

  loop* loop_ = nullptr;
  pipe to_host_;
  pipe to_client_;
  std::uint32_t number_ = 0;
  std::string_view from_;
  std::uint32_t writes_ = 0;  // that moved something
  place place_ = place::free;
  client_end client_ = client_end::open;
  bool held_ = false;  // by a `client`
  bool broken_ = false;
  bool host_ended_ = false;
  bool host_closed_ = false;
  bool reading_ = false;
  bool writing_ = false;
};

}  // namespace musubi::memory_port
