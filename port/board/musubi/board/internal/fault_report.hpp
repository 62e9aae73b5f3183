#pragma once
/// What the fault handlers of all cores have in common.

#include <cstdint>

namespace board {

/// Longest pause before a restart, in seconds.
inline constexpr std::uint32_t longest_pause = 60;

/// How often the board has faulted since power came, this time included.
[[nodiscard]] std::uint32_t count_fault() noexcept;
/// Writes `name`, and `number` as eight hexadecimal digits, to the serial port.
#if defined(MUSUBI_BOARD_WITHOUT_REPORT)
inline void write_hex(const char*, std::uint32_t) noexcept {}
#else
void write_hex(const char* name, std::uint32_t number) noexcept;
#endif

}  // namespace board
