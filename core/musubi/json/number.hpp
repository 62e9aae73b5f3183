#pragma once
/// Numbers as text. By `std::to_chars`, or where MUSUBI_SMALL_NUMBERS is defined (targets without
/// an operating system, where that costs over 100 KB of flash) by number_small.hpp: the same bytes.

#include <cstddef>
#include <string_view>

namespace musubi::json {

/// Room that the formatters need.
inline constexpr std::size_t number_bytes = 32;

/// Writes the shortest decimal that reads back as the same value, as a JSON number; answers its
/// end. `into` has `number_bytes` of room, `value` is finite.
char* format_number(char* into, float value) noexcept;
char* format_number(char* into, double value) noexcept;

}  // namespace musubi::json
