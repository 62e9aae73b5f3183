#pragma once
/// Drives lwIP and one host from a single loop.

#include <atomic>
#include <cstddef>
#include <cstdint>

#include <musubi/lwip/board.hpp>
#include <musubi/lwip/internal/stream.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/port.hpp>

namespace musubi::lwip {

/// The port of one host. A program has only one, because there is only one lwIP.
class loop final : public net::port {
 public:
  /// `memory` must have `bytes(streams)` bytes, be aligned for any type, and outlive the loop.
  loop(board& hardware, std::size_t streams, std::byte* memory) noexcept;
  /// After the host, which closes its streams.
  ~loop() { end_turn(); }
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;

  [[nodiscard]] static constexpr std::size_t bytes(std::size_t streams) noexcept {
    carver measure;
    (void)block_pool("streams", measure, sizeof(stream), streams);
    return measure.used();
  }

  /// Accepts connections for `host` on port `number` of every address. They wait in lwIP until the
  /// host has room: who has sent a request first. Call after lwip_init. Fails if lwIP has no memory
  /// for it.
  [[nodiscard]] status listen(net::service& host, std::uint16_t number) noexcept;
  /// Runs one turn: at most one received frame, lwIP's timers, and ready jobs; then sleeps if there
  /// is nothing to do.
  void turn() noexcept;
  /// Runs turns until the host has stopped.
  void run() noexcept {
    while (!stopped_.load(std::memory_order_relaxed)) turn();
  }
  /// Stops in order, for example before a restart: accepts no more connections, and the host tells
  /// its clients to reconnect later. Call from any thread or interrupt. Not defined with
  /// MUSUBI_WITHOUT_STOP.
  void stop() noexcept;

  [[nodiscard]] time_point now() noexcept override { return board_.now(); }
  void entropy(std::span<std::byte> into) noexcept override { board_.entropy(into); }
  void resume_accepting() noexcept override {}  // every turn checks
  void stopped() noexcept override { stopped_.store(true, std::memory_order_relaxed); }
  void wake() noexcept override { awake_.store(true, std::memory_order_release); }

  [[nodiscard]] const pool_metrics& streams() const noexcept { return streams_.metrics(); }
  /// Connections that were reset because their data stayed unread while buffers were short.
  [[nodiscard]] std::uint32_t unread() const noexcept { return unread_; }
  /// Connections that were ended before the host had room for them, so that others could come in.
  [[nodiscard]] std::uint32_t gave_way() const noexcept { return gave_way_; }

 private:
  friend class stream;
  void stop_here() noexcept;
  static err_t on_accept(void* self, tcp_pcb* fresh, err_t error) noexcept;
  void release(stream& closed) noexcept { destroy_in(streams_, &closed); }
  void tell_soon(stream& ready) noexcept { host_->loop().push(ready.ready_); }
  /// Notes when the newest handshakes with this host began. Others' connections are not touched.
  void note_handshakes(time_point now) noexcept;
  /// Keeps a connection of lwIP's free for the next client, if need be at the expense of the oldest
  /// handshake that is not completed, or of who is connected and says nothing. First of a client
  /// that has many of them. Returns in how many milliseconds to look again.
  std::uint32_t keep_connection_free(time_point now) noexcept;
  /// Whether `data` may stay in lwIP's buffers until the host has room for its sender. If not, it
  /// counts as lost, and is sent again.
  [[nodiscard]] bool may_wait(const stream& receiver, pbuf& data) noexcept;
  [[nodiscard]] bool may_hold(const stream& receiver) noexcept;
  /// Passes new connections to the host, and schedules notifications. Call after lwIP has run.
  void hand_over() noexcept;
  [[nodiscard]] stream* first_waiting() noexcept;
  /// Sends what the streams have written, and closes those that the host has closed. Runs at the
  /// end of the turn, where the stack is shallow: both need much of it.
  void end_turn() noexcept;
  /// Calls lwIP's functions that are due. Returns how many milliseconds it may sleep.
  [[nodiscard]] std::uint32_t run_timers(time_point now) noexcept;

  board& board_;
  block_pool streams_;
  intrusive_list<stream> open_;
  net::service* host_ = nullptr;
  tcp_pcb* listening_ = nullptr;
  std::uint32_t unread_ = 0;
  std::uint32_t gave_way_ = 0;
#if !LWIP_TIMERS
  std::uint32_t ticks_ = 0;
  time_point next_tick_{};
#endif
  bool lost_ = false;  // data of who waits, while the host had no room
  std::atomic<bool> stopped_{false};
  std::atomic<bool> awake_{true};
};

}  // namespace musubi::lwip
