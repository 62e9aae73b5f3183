#pragma once
/// The constants of the MPS2's AN385 image.

#include <cstdint>

namespace board::part {

inline constexpr std::uint32_t hertz = 25'000'000;
inline constexpr unsigned interrupts = 32;
inline constexpr unsigned timer_interrupt = 8;  // CMSDK timer 0
inline constexpr unsigned ethernet_interrupt = 13;

}  // namespace board::part
