#pragma once
/// Numbers as text. Replaceable: a small target links another implementation of this header than
/// `number.cpp`, whose `std::to_chars` costs over 100 KB of flash there.

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
