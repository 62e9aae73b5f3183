#pragma once
/// The constants of the LM3S6965.

#include <cstdint>

namespace board::part {

inline constexpr std::uint32_t hertz = 50'000'000;
inline constexpr unsigned interrupts = 44;
inline constexpr unsigned timer_interrupt = 19;  // timer 0A
inline constexpr unsigned ethernet_interrupt = 42;

}  // namespace board::part
