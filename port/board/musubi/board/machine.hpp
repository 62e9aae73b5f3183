#pragma once
/// Implements what the port needs from a board: clock, entropy, frames, sleep, watchdog.

#include <cstddef>

#include <musubi/board/network.hpp>
#include <musubi/lwip/board.hpp>

namespace board {

/// Create one object, and call `start` first.
class machine final : public musubi::lwip::board {
 public:
  /// Starts the board, its tick, lwIP, its network and its watchdog.
  void start(const network::settings& chosen = {}) noexcept;
  /// Calls `step` from the timer interrupt, every 100 ms.
  void every_tenth_of_a_second(void (*step)()) noexcept;

  [[nodiscard]] musubi::time_point now() noexcept override;
  /// As on a board without a random number generator: these bytes are derived from the arrival
  /// times of frames. An attacker on the same network may guess them. Good enough for port numbers
  /// and unique ids, not for keys: for those of TLS it is a stand-in.
  void entropy(std::span<std::byte> into) noexcept override;
  bool receive() noexcept override;
  void sleep(musubi::time_point until, const std::atomic<bool>& awake) noexcept override;
  void alive() noexcept override;
};

/// High-water mark of the stack, in bytes.
[[nodiscard]] std::size_t stack_used() noexcept;

}  // namespace board
