#pragma once
/// The constants of the MPS2's AN505 image. The core starts in the Secure state and stays there, so
/// everything is used at its Secure address.

#include <cstdint>

namespace board::part {

inline constexpr std::uint32_t hertz = 20'000'000;
inline constexpr unsigned interrupts = 124;
inline constexpr unsigned timer_interrupt = 3;
inline constexpr unsigned ethernet_interrupt = 48;

// where its peripherals are
inline constexpr std::uint32_t timer0 = 0x50000000;
inline constexpr std::uint32_t watchdog = 0x50081000;
inline constexpr std::uint32_t uart0 = 0x50200000;
inline constexpr std::uint32_t leds = 0x50302000;
inline constexpr std::uint32_t lan = 0x52000000;

}  // namespace board::part
