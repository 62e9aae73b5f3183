#include <array>
#include <charconv>
#include <cstring>

#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::detail {
namespace {

/// "00" to "99".
constexpr auto pairs = [] {
  std::array<char, 200> made{};
  for (std::size_t i = 0; i < 100; ++i) {
    made[2 * i] = static_cast<char>('0' + i / 10);
    made[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return made;
}();

inline char* put_pair(char* to, std::uint32_t value) noexcept {
  std::memcpy(to, &pairs[std::size_t{2} * value], 2);
  return to + 2;
}

template <class Unsigned>
char* put_each(char* to, Unsigned value) noexcept {
  char* end = to + 1;
  for (Unsigned rest = value / 10; rest != 0; rest /= 10) ++end;
  for (char* at = end; at != to; value /= 10) *--at = static_cast<char>('0' + value % 10);
  return end;
}

}  // namespace

char* put_digits(char* to, std::uint32_t value) noexcept {
  if constexpr (!short_ways) return put_each(to, value);
  if (value < 10) {
    *to = static_cast<char>('0' + value);
    return to + 1;
  }
  if (value < 100) return put_pair(to, value);
  if (value < 1000) {
    *to = static_cast<char>('0' + value / 100);
    return put_pair(to + 1, value % 100);
  }
  return put_pair(put_digits(to, value / 100), value % 100);
}

char* put_digits(char* to, std::uint64_t value) noexcept {
  if constexpr (!short_ways) return put_each(to, value);
  return std::to_chars(to, to + 20, value).ptr;
}

}  // namespace musubi::detail
