#pragma once
/// `poll` as the port of one host: waiting, accepting, time, waking, entropy.

#include <atomic>
#include <cstddef>

#include <musubi/memory/block_pool.hpp>
#include <musubi/net/port.hpp>
#include <musubi/posix/internal/stream.hpp>
#include <musubi/posix/internal/wakeup.hpp>
#include <musubi/posix/listener.hpp>

namespace musubi::posix {

/// Drives one host on one thread, in memory provided by the caller.
class loop final : public net::port {
 public:
  /// `memory` must have `bytes(streams)` bytes, be aligned for any type, and outlive the loop.
  loop(std::size_t streams, std::byte* memory, entropy_source random = sys::entropy) noexcept;
  ~loop();
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;

  [[nodiscard]] static constexpr std::size_t bytes(std::size_t streams) noexcept {
    carver measure;
    (void)block_pool("streams", measure, sizeof(stream), streams);
    (void)measure.take((streams + others) * sizeof(pollfd));
    return measure.used();
  }

  /// Accepts connections at `where` for `host`, which must outlive the last turn. The reason of an
  /// error is a sentence: the address is in use, there is no source of entropy.
  [[nodiscard]] status listen(net::service& host, const listen_address& where) noexcept;
  /// Serves until the host has stopped.
  void run() noexcept;
  /// Does one turn without waiting, for a program with its own loop.
  void poll() noexcept;
  /// Asks the host to stop. Call from any thread or from a signal handler. Not defined with
  /// MUSUBI_WITHOUT_STOP.
  void stop() noexcept;
  /// True once the host has stopped.
  [[nodiscard]] bool has_stopped() const noexcept { return has_stopped_; }
  /// The port that it listens on.
  [[nodiscard]] std::uint16_t port() const noexcept { return listener_.port(); }
  [[nodiscard]] const pool_metrics& streams() const noexcept { return streams_.metrics(); }

  [[nodiscard]] time_point now() noexcept override { return clock_.now(); }
  /// Ends the program if the source of entropy, which worked at the start, fails: predictable bytes
  /// would be worse.
  void entropy(std::span<std::byte> into) noexcept override;
  void resume_accepting() noexcept override { full_ = false; }
  void stopped() noexcept override { has_stopped_ = true; }
  /// Call from any thread or from a signal handler, but not from an interrupt of an RTOS, where
  /// sockets cannot be used: let a task do it.
  void wake() noexcept override;

 private:
  friend class stream;
  static constexpr std::size_t others = 2;  // the wake-up and the listener

  void turn(bool may_wait) noexcept;
  /// Collects the descriptors to wait for; returns their number.
  [[nodiscard]] std::size_t gather() noexcept;
  void watch(std::size_t at, int descriptor, short events) noexcept;
  /// Distributes the results of `poll`.
  void spread() noexcept;
  [[nodiscard]] int milliseconds_to_wait() noexcept;
  void accept_waiting() noexcept;
  [[nodiscard]] bool accept_one() noexcept;
  /// The system lacks resources: accepting pauses for a moment.
  void pause() noexcept;
  void release(stream& closed) noexcept { destroy_in(streams_, &closed); }
  void tell_soon(stream& ready) noexcept { host_->loop().push(ready.ready_); }

  block_pool streams_;
  pollfd* set_;
  intrusive_list<stream> open_;
  net::service* host_ = nullptr;
  entropy_source random_;
  listener listener_;
  wakeup wakeup_;
  sys::monotonic_clock clock_;
  time_point next_{};  // when to call the host next
  time_point paused_until_{};
  bool accepting_ = false;  // the listener is in the set
  bool full_ = false;       // the host has no room for another connection, until it says so
  bool has_stopped_ = false;
  std::atomic<bool> waking_{false};
  std::atomic<bool> stop_wanted_{false};
};

}  // namespace musubi::posix
