#pragma once
/// Where the characters of a string end that stand for themselves.

#include <bit>
#include <cstdint>
#include <cstring>

namespace musubi::json {

namespace detail {

/// High bits where one of eight bytes is a quote, a backslash or a control character; exact up to
/// the first of them, in the order of significance.
[[nodiscard]] constexpr std::uint64_t special_in(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  // a byte of `x` is zero exactly where a high bit of (x - ones) & ~x appears first
  const auto zero_in = [](std::uint64_t x) { return (x - ones) & ~x; };
  const std::uint64_t quote = zero_in(bytes ^ (ones * '"'));
  const std::uint64_t backslash = zero_in(bytes ^ (ones * '\\'));
  const std::uint64_t control = (bytes - ones * 0x20) & ~bytes;
  return (quote | backslash | control) & highs;
}

}  // namespace detail

/// What ends a run beside quotes, backslashes and control characters.
enum class run_of : bool {
  any,    ///< nothing
  ascii,  ///< a byte above 0x7F
};

/// The first byte from `at` on that ends the run, or `end`. Eight bytes at a time where there are
/// eight.
template <run_of Kind>
[[nodiscard]] inline const char* plain_end(const char* at, const char* end) noexcept {
  constexpr std::uint64_t highs = 0x8080808080808080U;
  std::uint64_t eight = 0;
  while (end - at >= 8) {
    std::memcpy(&eight, at, sizeof eight);
    const std::uint64_t ends =
        detail::special_in(eight) | (Kind == run_of::ascii ? eight & highs : 0);
    if (ends != 0) {
      if constexpr (std::endian::native == std::endian::little) {
        return at + std::countr_zero(ends) / 8;
      } else {
        break;
      }
    }
    at += 8;
  }
  for (; at != end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"' || byte == '\\' || byte < 0x20 || (Kind == run_of::ascii && byte >= 0x80))
      break;
  }
  return at;
}

}  // namespace musubi::json
