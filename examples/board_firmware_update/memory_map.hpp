#pragma once
/// Where everything is: firmware.ld and first_stage.ld say the same.

#include <cstdint>

#include <musubi/update/flash.hpp>

namespace board::map {

/// What the first stage copies a program to, and how large that may be.
inline constexpr std::uint32_t program = 0x0001'0000;
inline constexpr std::uint32_t program_bytes = 0x001F'0000;
/// The first stage writes here which slot it has started. The program's variables end before it.
inline constexpr std::uint32_t started_slot = 0x203F'0000;
inline constexpr std::uint32_t slot_mark = 0x6D75'7300;

/// The flash, which is simulated in the PSRAM: a system reset leaves it alone.
inline constexpr std::uint32_t flash = 0x2100'0000;
inline constexpr std::uint32_t flash_bytes = 0x0100'0000;
inline constexpr musubi::update::flash_layout layout{.slots = {0x2110'0000, 0x2120'0000},
                                                     .slot_bytes = 0x0008'0000,
                                                     .records = {0x2100'0000, 0x2100'1000}};

}  // namespace board::map
