#include <charconv>

#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/digit_pairs.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::detail {
namespace {

template <class Unsigned>
char* put_each(char* to, Unsigned value) noexcept {
  char* end = to + 1;
  for (Unsigned rest = value / 10; rest != 0; rest /= 10) ++end;
  for (char* at = end; at != to; value /= 10) *--at = static_cast<char>('0' + value % 10);
  return end;
}

}  // namespace

char* put_digits(char* to, std::uint32_t value) noexcept {
  return short_ways ? put_pairs(to, value) : put_each(to, value);
}

char* put_digits(char* to, std::uint64_t value) noexcept {
  return short_ways ? std::to_chars(to, to + 20, value).ptr : put_each(to, value);
}

}  // namespace musubi::detail
