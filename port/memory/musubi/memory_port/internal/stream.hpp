#pragma once
/// An in-process connection: the host's end is a stream, the other end a `client`.
///
///   free --connect--> queued --accept--> open --both ends closed--> free
///
/// As on a network, a client may leave while its connection is queued.

#include <cstdint>
#include <string_view>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory_port/faults.hpp>
#include <musubi/memory_port/internal/pipe.hpp>
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
  [[nodiscard]] bool has_room() const noexcept override;
  void shutdown_write() noexcept override { host_ended_ = true; }
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

 private:
  friend class client;
  friend class loop;

  enum class place : std::uint8_t { free, queued, open };
  /// The state of the client's end.
  enum class client_end : std::uint8_t {
    open,
    ended,     ///< has ended its side, and still reads
    closed,    ///< closed, and the host's end notices
    vanished,  ///< gone without notice
  };

  void connected(loop& owner, std::span<std::byte> room, std::uint32_t number,
                 std::string_view from) noexcept;
  void breaks() noexcept { broken_ = true; }
  [[nodiscard]] bool readable() const noexcept;
  [[nodiscard]] bool writable() const noexcept;
  /// Whether the host has to be notified.
  [[nodiscard]] bool due() const noexcept {
    return place_ == place::open && ((reading_ && readable()) || (writing_ && writable()));
  }
  /// Notifies the host of the readiness it asked for; returns false if there is none.
  bool tell() noexcept;

  loop* loop_ = nullptr;
  pipe to_host_;
  pipe to_client_;
  std::uint32_t number_ = 0;
  std::string_view from_;
  std::uint32_t writes_ = 0;  // those that moved at least a byte
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
