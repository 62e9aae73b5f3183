#pragma once
/// A Cortex-M as the firmware sees it.

#include <cstdint>

#include <musubi/board/cortex_m/cortex_m.hpp>

namespace board::core {

/// Starts the tick, a hundred times a second. Uses the system timer.
void start_clock() noexcept;
/// Since then; never goes back.
[[nodiscard]] std::uint64_t microseconds() noexcept;
/// A counter that is fast enough for the lowest bits to be different every time.
[[nodiscard]] inline std::uint32_t cycles() noexcept {
  return systick_value();
}
/// What has to happen before the first function that the compiler has a free hand in.
inline void prepare() noexcept {
#if defined(__ARM_FP)
  enable_floating_point();
#endif
}

}  // namespace board::core
