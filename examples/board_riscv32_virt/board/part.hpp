#pragma once
/// The constants of QEMU's machine virt.

#include <cstdint>

namespace board::part {

inline constexpr std::uint32_t mtime = 0x0200BFF8;  // 64 bits, of the CLINT
inline constexpr std::uint32_t mtimecmp = 0x02004000;
inline constexpr std::uint32_t mtime_hertz = 10'000'000;
inline constexpr std::uint32_t plic = 0x0C000000;
inline constexpr unsigned timer_interrupt = 0;  // the core's tick takes its place
inline constexpr unsigned ethernet_interrupt = 1;

/// Starts the program again.
void restart() noexcept;

}  // namespace board::part
