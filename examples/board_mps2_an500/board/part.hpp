#pragma once
/// The constants of the MPS2's AN500 image.

#include <cstdint>

namespace board::part {

inline constexpr std::uint32_t hertz = 25'000'000;
inline constexpr unsigned interrupts = 32;
inline constexpr unsigned timer_interrupt = 8;  // CMSDK timer 0
inline constexpr unsigned ethernet_interrupt = 13;

// where its peripherals are
inline constexpr std::uint32_t timer0 = 0x40000000;
inline constexpr std::uint32_t uart0 = 0x40004000;
inline constexpr std::uint32_t watchdog = 0x40008000;
inline constexpr std::uint32_t leds = 0x40028000;
inline constexpr std::uint32_t lan = 0xA0000000;

}  // namespace board::part
