#pragma once
/// Exact conversion of numbers in little flash: slower than the standard library's, a hundredth of
/// its size. `number.cpp` uses it where MUSUBI_SMALL_NUMBERS is defined.

#include <cstddef>

#include <musubi/json/number.hpp>

namespace musubi::json::small {

/// As `json::format_number`, byte for byte. About 300 bytes of stack for a float, 700 for a double.
char* format_number(char* into, float value) noexcept;
char* format_number(char* into, double value) noexcept;

/// The double nearest to the JSON number at `text` (ties to even; infinity beyond the largest).
/// `end` becomes the byte behind the number, or `text` where there is none. At most
/// `scanner::max_number_bytes` bytes are read. About 500 bytes of stack.
double parse_number(const char* text, const char*& end) noexcept;

}  // namespace musubi::json::small

/// What a cJSON built for a small target calls instead of `strtod`.
extern "C" double musubi_strtod(const char* text, char** end);
