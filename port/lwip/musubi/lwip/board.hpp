#pragma once
/// The hardware that the port needs from a board.

#include <atomic>
#include <cstddef>
#include <span>

#include <musubi/async/clock.hpp>

namespace musubi::lwip {

/// The functions that you implement for a board. There is one object, which is never destroyed. All
/// functions are called from the main loop, never from an interrupt.
class board {
 public:
  /// The monotonic clock. lwIP's `sys_now` is derived from it.
  [[nodiscard]] virtual time_point now() noexcept = 0;
  /// Fills `into` with cryptographically secure random bytes. If the board has no source of
  /// randomness, document that, and do not derive secrets from these bytes.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// Passes at most one received frame to lwIP; returns false if there was none. One at a time, so
  /// that a frame's data is processed before the next frame takes a buffer.
  virtual bool receive() noexcept = 0;
  /// Sleeps until an interrupt, or until about `until`. Must not sleep if `awake` is already true
  /// or a frame is waiting. To lose no wake-up, check both with interrupts masked, and wait with
  /// them still masked: a pending interrupt ends `wfi` anyway.
  virtual void sleep(time_point until, const std::atomic<bool>& awake) noexcept = 0;
  /// Called once a turn: feed the watchdog here.
  virtual void alive() noexcept = 0;

 protected:
  ~board() = default;
};

}  // namespace musubi::lwip
