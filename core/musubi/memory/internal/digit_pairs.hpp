#pragma once
/// The digits of an integer, two at a time: a short way, with a table of 200 bytes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace musubi::detail {

/// "00" to "99".
inline constexpr auto digit_pairs = [] {
  std::array<char, 200> made{};
  for (std::size_t i = 0; i < 100; ++i) {
    made[2 * i] = static_cast<char>('0' + i / 10);
    made[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return made;
}();

inline char* put_pair(char* to, std::uint32_t value) noexcept {
  std::memcpy(to, &digit_pairs[std::size_t{2} * value], 2);
  return to + 2;
}

/// Writes the digits of `value`, and answers their end.
inline char* put_pairs(char* to, std::uint32_t value) noexcept {
  if (value < 10) {
    *to = static_cast<char>('0' + value);
    return to + 1;
  }
  if (value < 100) return put_pair(to, value);
  if (value < 1000) {
    *to = static_cast<char>('0' + value / 100);
    return put_pair(to + 1, value % 100);
  }
  return put_pair(put_pairs(to, value / 100), value % 100);
}

}  // namespace musubi::detail
