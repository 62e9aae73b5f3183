#include <musubi/memory/decimal.hpp>

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
  return put_each(to, value);
}

char* put_digits(char* to, std::uint64_t value) noexcept {
  return put_each(to, value);
}

}  // namespace musubi::detail
