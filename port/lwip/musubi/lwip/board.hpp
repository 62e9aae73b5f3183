#pragma once
/// What a board does for the port: everything here that is hardware.

#include <atomic>
#include <cstddef>
#include <span>

#include <musubi/async/clock.hpp>

namespace musubi::lwip {

/// Implemented once for each board; its one object is never destroyed. Everything is called from
/// the main loop, never from an interrupt.
class board {
 public:
  /// The monotonic clock. lwIP's `sys_now` is derived from it.
  [[nodiscard]] virtual time_point now() noexcept = 0;
  /// Fills `into` with bytes that an attacker cannot guess, as far as this board can: where it has
  /// no source of randomness, say so in its documentation and let no application build secrets on
  /// it.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// Hands at most one received frame to lwIP; false when there was none. One at a time, so that
  /// what a frame brought is worked off before the next one takes a buffer.
  virtual bool receive() noexcept = 0;
  /// Sleeps until an interrupt, or about `until`, and not at all when `awake` is true already or a
  /// frame is waiting. To lose no wake-up, look at both with interrupts masked, and wait with them
  /// still masked: a pending interrupt ends `wfi` all the same.
  virtual void sleep(time_point until, const std::atomic<bool>& awake) noexcept = 0;
  /// The loop has come round once, all is well: feed the watchdog.
  virtual void alive() noexcept = 0;

 protected:
  ~board() = default;
};

}  // namespace musubi::lwip
