#include <musubi/memory/internal/index_of.hpp>

namespace musubi {

namespace detail {
std::size_t index_of(const char* text, std::size_t size, char wanted) noexcept {
  for (std::size_t i = 0; i < size; ++i) {
    if (text[i] == wanted) return i;
  }
  return std::string_view::npos;
}
}  // namespace detail

bool take_number(std::string_view& rest, std::size_t most, unsigned greatest,
                 unsigned& into) noexcept {
  unsigned value = 0;
  std::size_t digits = 0;
  while (digits < most && digits < rest.size() && is_digit(rest[digits])) {
    value = value * 10 + static_cast<unsigned>(rest[digits++] - '0');
    if (value > greatest) return false;
  }
  rest.remove_prefix(digits);
  into = value;
  return digits != 0;
}

}  // namespace musubi
