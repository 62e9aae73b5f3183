#include <musubi/json/number.hpp>

#if defined(MUSUBI_SMALL_NUMBERS)
#include <musubi/json/number_small.hpp>
#else
#include <charconv>
#endif

namespace musubi::json {

#if defined(MUSUBI_SMALL_NUMBERS)
char* format_number(char* into, float value) noexcept {
  return small::format_number(into, value);
}

char* format_number(char* into, double value) noexcept {
  return small::format_number(into, value);
}
#else
// The shortest form of to_chars ("5e-324", "23.4", "1e+05") is always a JSON number.
char* format_number(char* into, float value) noexcept {
  return std::to_chars(into, into + number_bytes, value).ptr;
}

char* format_number(char* into, double value) noexcept {
  return std::to_chars(into, into + number_bytes, value).ptr;
}
#endif

}  // namespace musubi::json
