#pragma once
/// A Cortex-M board for the port: clock, entropy, frames, sleep, watchdog.

#include <cstddef>

#include <musubi/lwip/board.hpp>

namespace board {

/// One object. `start` first.
class machine final : public musubi::lwip::board {
 public:
  /// The board, its tick, lwIP, its network, its watchdog.
  void start() noexcept;
  /// Calls `step` from the timer interrupt, every 100 ms.
  void every_tenth_of_a_second(void (*step)()) noexcept;

  [[nodiscard]] musubi::time_point now() noexcept override;
  /// Neither of these boards has a random number generator: these bytes come from the clock at the
  /// moments frames arrived. Nobody guesses them by accident; somebody on the same wire may. Fit
  /// for port numbers and to tell sessions apart, not for keys.
  void entropy(std::span<std::byte> into) noexcept override;
  bool receive() noexcept override;
  void sleep(musubi::time_point until, const std::atomic<bool>& awake) noexcept override;
  void alive() noexcept override;
};

/// Most bytes of stack that were ever in use.
[[nodiscard]] std::size_t stack_used() noexcept;

}  // namespace board
