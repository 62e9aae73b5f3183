#pragma once
/// Searches in texts, as small as they can be where flash is little.

#include <cstddef>
#include <string_view>

#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

namespace detail {
std::size_t index_of(const char* text, std::size_t size, char wanted) noexcept;
}  // namespace detail

/// The place of the first `wanted` in `text`; npos if there is none.
[[nodiscard]] inline std::size_t index_of(std::string_view text, char wanted) noexcept {
  if constexpr (short_ways) return text.find(wanted);
  return detail::index_of(text.data(), text.size(), wanted);
}

/// True when every character satisfies `condition`. A plain loop: the library's is unrolled, also
/// where the compiler optimizes for size.
template <class Condition>
[[nodiscard]] constexpr bool consists_of(std::string_view text, Condition condition) noexcept {
  for (const char c : text) {
    if (!condition(c)) return false;
  }
  return true;
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

/// Takes the number at the front of `rest`, of at most `most` digits, away. False if there is none,
/// or it is above `greatest`, which is below 2^24.
bool take_number(std::string_view& rest, std::size_t most, unsigned greatest,
                 unsigned& into) noexcept;

}  // namespace musubi
