#include <cstring>

#include <musubi/json/internal/number.hpp>

#if defined(MUSUBI_SMALL_NUMBERS)
#include <musubi/json/internal/number_small.hpp>
#else
#include <charconv>
#include <cmath>
#include <limits>

#include <musubi/memory/internal/digit_pairs.hpp>
#endif

namespace musubi::json {

#if defined(MUSUBI_SMALL_NUMBERS)
char* format_number(char* into, float value) noexcept {
  return small::format_number(into, value);
}

char* format_number(char* into, double value) noexcept {
  return small::format_number(into, value);
}

double parse_number(std::string_view text) noexcept {
  char ended[64];  // the parser stops at a byte that no number has
  std::memcpy(ended, text.data(), text.size());
  ended[text.size()] = '\0';
  const char* end = nullptr;
  return small::parse_number(ended, end);
}
#else
namespace {

/// The fast path for typical sensor values: numbers of at most six digits, at most three of them
/// after the point. Returns null for any other. No other decimal of so few digits reads back as the
/// same value, so these are the shortest; they are verified by reading them back.
///
/// `Scale` is the power of ten that makes such a number whole; `size` is below 1,000,000 / `Scale`.
template <std::uint32_t Scale, class Float>
char* format_scaled(char* into, Float value, Float size) noexcept {
  constexpr std::uint32_t digits_limit = 1000000;
  const double rounded = static_cast<double>(size) * Scale + 0.5;
  const auto digits = static_cast<std::uint32_t>(rounded);
  if (digits >= digits_limit || static_cast<Float>(digits / double{Scale}) != size) return nullptr;
  if (value < 0) *into++ = '-';
  into = musubi::detail::put_pairs(into, digits / Scale);
  std::uint32_t rest = digits % Scale;
  if (rest == 0) return into;
  *into++ = '.';
  for (std::uint32_t unit = Scale / 10; rest != 0; rest %= unit, unit /= 10) {
    *into++ = static_cast<char>('0' + rest / unit);
  }
  return into;
}

template <class Float>
char* format_few_digits(char* into, Float value) noexcept {
  const Float size = std::fabs(value);
  // below, and beyond the last, an exponent may be shorter
  if (!(size >= static_cast<Float>(0.001))) return nullptr;
  if (size < 1000) return format_scaled<1000>(into, value, size);
  if (size < 10000) return format_scaled<100>(into, value, size);
  if (size < 100000) return format_scaled<10>(into, value, size);
  return nullptr;
}

// The shortest form of to_chars ("5e-324", "23.4", "1e+05") is always a JSON number.
template <class Float>
char* format_shortest(char* into, Float value) noexcept {
  if (char* const end = format_few_digits(into, value)) return end;
  return std::to_chars(into, into + number_bytes, value).ptr;
}

}  // namespace

char* format_number(char* into, float value) noexcept {
  return format_shortest(into, value);
}

char* format_number(char* into, double value) noexcept {
  return format_shortest(into, value);
}

double parse_number(std::string_view text) noexcept {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc{}) return value;
  // out of range, and from_chars does not say on which side
  const bool tiny = text.find('-', 1) != std::string_view::npos;
  value = tiny ? 0 : std::numeric_limits<double>::infinity();
  return text[0] == '-' ? -value : value;
}
#endif

std::optional<std::int64_t> parse_integer(std::string_view text, int decimals) noexcept {
  constexpr std::uint64_t beyond = std::uint64_t{1} << 53U;
  std::uint64_t value = 0;  // of the digits up to the last that is not zero; never far beyond
  int exponent = decimals;  // of ten, to be applied to it
  int zeros = 0;            // behind it
  bool fraction = false;
  std::size_t at = text[0] == '-' ? 1 : 0;
  const bool negative = at != 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.') {
      fraction = true;
      continue;
    }
    if (fraction) --exponent;
    ++zeros;
    if (text[at] == '0') continue;
    for (; zeros != 0 && value < beyond; --zeros) value *= 10;
    value += static_cast<std::uint64_t>(text[at] - '0');
    zeros = 0;
  }
  if (value == 0) return 0;
  if (at < text.size()) {
    ++at;
    const bool below = text[at] == '-';
    if (below || text[at] == '+') ++at;
    int written = 0;
    for (; at < text.size(); ++at) {
      if (written < 10000) written = written * 10 + (text[at] - '0');
    }
    exponent += below ? -written : written;
  }
  exponent += zeros;
  if (exponent < 0) return std::nullopt;
  for (; exponent != 0 && value < beyond; --exponent) value *= 10;
  if (value >= beyond) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(value);
  return negative ? -whole : whole;
}

}  // namespace musubi::json
