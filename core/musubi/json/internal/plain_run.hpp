#pragma once
/// Finds the end of a run of string characters that need no escape.

#include <bit>
#include <cstdint>
#include <cstring>

#include <musubi/json/internal/sixteen.hpp>

namespace musubi::json {

namespace detail {

/// Sets the high bit of each of eight bytes that is a quote, a backslash or a control character;
/// exact up to the first of them, in order of significance.
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

/// What else ends a run, besides quotes, backslashes and control characters.
enum class run_of : bool {
  any,    ///< nothing
  ascii,  ///< a byte above 0x7F
};

namespace detail {

template <run_of Kind>
[[nodiscard]] inline bool ends_run(char at) noexcept {
  const auto byte = static_cast<unsigned char>(at);
  return byte == '"' || byte == '\\' || byte < 0x20 || (Kind == run_of::ascii && byte >= 0x80);
}

/// The rest of `plain_end`, below.
template <run_of Kind>
[[nodiscard, gnu::noinline]] const char* later_end(const char* at, const char* end) noexcept {
#if defined(MUSUBI_SMALL_CODE)
  // one byte at a time
#elif defined(MUSUBI_SIXTEEN_AT_ONCE)
  constexpr bool ascii = Kind == run_of::ascii;
  // the last bytes are checked together with some before them, none of which ends the run
  if (end - at >= 16) {
    do {
      const std::size_t plain = plain_of_sixteen<ascii>(at);
      at += plain;
      if (plain != 16) return at;
    } while (end - at >= 16);
    return at == end ? end : end - 16 + plain_of_sixteen<ascii>(end - 16);
  }
  if (end - at >= 8) {
    const std::size_t plain = plain_of_eight<ascii>(at);
    return plain != 8 ? at + plain : end - 8 + plain_of_eight<ascii>(end - 8);
  }
#else
  constexpr std::uint64_t highs = 0x8080808080808080U;
  std::uint64_t eight = 0;
  while (end - at >= 8) {
    std::memcpy(&eight, at, sizeof eight);
    const std::uint64_t ends = special_in(eight) | (Kind == run_of::ascii ? eight & highs : 0);
    if (ends != 0) {
      if constexpr (std::endian::native == std::endian::little) {
        return at + std::countr_zero(ends) / 8;
      } else {
        break;
      }
    }
    at += 8;
  }
#endif
  while (at != end && !ends_run<Kind>(*at)) ++at;
  return at;
}

}  // namespace detail

/// The first byte from `at` on that ends the run, or `end`. Checks eight bytes at a time, or
/// sixteen if the processor can, or one where flash is little.
template <run_of Kind>
[[nodiscard]] inline const char* plain_end(const char* at, const char* end) noexcept {
#if defined(MUSUBI_SIXTEEN_AT_ONCE)
  // most runs end within sixteen bytes
  if (end - at >= 16) {
    constexpr bool ascii = Kind == run_of::ascii;
    const auto special = detail::special_bytes<ascii>(detail::load_sixteen(at));
    if (special != 0) return at + detail::first_special(special);
    if (end - at >= 32) at += 16;
  }
#endif
  return detail::later_end<Kind>(at, end);
}

}  // namespace musubi::json
