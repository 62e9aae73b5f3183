#pragma once
/// This board for the port: clock, entropy, frames, sleep, watchdog.

#include <cstdint>
#include <lwip/netif.h>

#include <musubi/lwip/board.hpp>

namespace board {

/// One object. `start` first.
class lm3s6965 final : public musubi::lwip::board {
 public:
  /// Clock tree, serial port, tick, LED, watchdog; then lwIP and the MAC.
  void start() noexcept;
  /// PF0, the board's LED; on a product the relay of the heating.
  void led(bool on) noexcept;
  /// Calls `step` from the timer interrupt, every 100 ms.
  void every_tenth_of_a_second(void (*step)()) noexcept;

  [[nodiscard]] musubi::time_point now() noexcept override;
  /// The LM3S6965 has no random number generator: these bytes come from the clock at the moments
  /// frames arrived. Nobody guesses them by accident; somebody on the same wire may. Fit for port
  /// numbers and to tell sessions apart, not for keys.
  void entropy(std::span<std::byte> into) noexcept override;
  bool receive() noexcept override;
  void sleep(musubi::time_point until, const std::atomic<bool>& awake) noexcept override;
  void alive() noexcept override;

 private:
  netif interface_{};
};

}  // namespace board
