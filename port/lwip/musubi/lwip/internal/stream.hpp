#pragma once
/// A TCP connection of lwIP as a stream of the core.

#include <lwip/pbuf.h>
#include <lwip/tcp.h>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::lwip {

class loop;

/// Lives in the loop's pool from the moment lwIP accepts it. lwIP's callbacks only record what
/// happened; the loop notifies the user from the host's run queue, after lwIP has returned.
///
/// Received data stays in lwIP's buffers until it is read, and reduces the peer's window until
/// then. Written data is copied to lwIP's heap and sent at the end of the turn, so that a turn
/// sends as few segments as possible.
class stream final : public net::stream, public link {
 public:
  stream(loop& owner, tcp_pcb& accepted) noexcept;
  ~stream();
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override { reading_ = true; }
  void want_write() noexcept override { writing_ = true; }
  [[nodiscard]] bool has_room() const noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

  /// Of lwIP's, with data that has not been read.
  [[nodiscard]] u16_t buffers() const noexcept {
    return held_ == nullptr ? u16_t{0} : pbuf_clen(held_);
  }

 private:
  friend class loop;
  static err_t on_received(void* self, tcp_pcb* pcb, pbuf* data, err_t error) noexcept;
  static void on_error(void* self, err_t error) noexcept;

  /// Makes `data` count as lost; see `loop::may_wait`.
  static err_t take_back(tcp_pcb& pcb, pbuf& data) noexcept;
  /// Whether `pcb` is a client that is connected, has sent nothing and has not been accepted by the
  /// host.
  [[nodiscard]] static bool is_silent(const tcp_pcb& pcb) noexcept;
  /// Removes the callbacks, so that lwIP no longer refers to this stream.
  void detach() noexcept;
  /// Closes the connection; lwIP gets ten seconds to deliver the data already written.
  void close_gently() noexcept;
  void keep(pbuf& data) noexcept;
  void drop_held() noexcept;
  [[nodiscard]] bool readable() const noexcept {
    return held_ != nullptr || ended_ || pcb_ == nullptr;
  }
  /// Bytes that may be written now.
  [[nodiscard]] std::size_t room() const noexcept;
  /// Whether the user has to be notified.
  [[nodiscard]] bool due() const noexcept {
    return (reading_ && readable()) || (writing_ && has_room());
  }
  void tell() noexcept;
  /// Sends what was written. If the host has closed this stream, closes the connection instead,
  /// which sends it as well, and releases the stream.
  void end_turn() noexcept;

  loop& loop_;
  tcp_pcb* pcb_;
  pbuf* held_ = nullptr;  // received, but not read yet
  member_job<&stream::tell> ready_{*this};
  bool taken_ = false;  // accepted by the host; until then it waits
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;    // by the peer
  bool shut_ = false;     // by the host
  bool closed_ = false;   // by the host, which no longer knows it
  bool starved_ = false;  // lwIP had no memory in this turn
  bool written_ = false;  // data waits for tcp_output
};

}  // namespace musubi::lwip
