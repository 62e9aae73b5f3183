#include <charconv>

#include <musubi/json/number.hpp>

namespace musubi::json {

// The shortest form of to_chars ("5e-324", "23.4", "1e+05") is always a JSON number.
char* format_number(char* into, float value) noexcept {
  return std::to_chars(into, into + number_bytes, value).ptr;
}

char* format_number(char* into, double value) noexcept {
  return std::to_chars(into, into + number_bytes, value).ptr;
}

}  // namespace musubi::json
