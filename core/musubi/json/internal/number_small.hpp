#pragma once
/// Exact conversion of numbers that needs little flash: slower than the standard library's, but a
/// hundredth of its size. `number.cpp` uses it if MUSUBI_SMALL_NUMBERS is defined.

#include <cstddef>

#include <musubi/json/internal/number.hpp>

namespace musubi::json::small {

/// As `json::format_number`, byte for byte. About 300 bytes of stack for a float, 700 for a double.
char* format_number(char* into, float value) noexcept;
char* format_number(char* into, double value) noexcept;

/// The double nearest to the JSON number at `text` (ties to even; infinity beyond the largest).
/// Sets `end` to the byte after the number, or to `text` if there is none. At most
/// `scanner::max_number_bytes` bytes are read. About 500 bytes of stack.
double parse_number(const char* text, const char*& end) noexcept;

}  // namespace musubi::json::small

/// Replaces `strtod` in a cJSON that is built for a small target.
extern "C" double musubi_strtod(const char* text, char** end);
