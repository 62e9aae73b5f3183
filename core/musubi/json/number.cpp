#include <musubi/json/number.hpp>

#if defined(MUSUBI_SMALL_NUMBERS)
#include <cstring>

#include <musubi/json/number_small.hpp>
#else
#include <charconv>
#include <limits>
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

/// The fast path for typical sensor values: numbers of few digits, at most three of them after the
/// point. Returns null for any other. No other decimal of so few digits reads back as the same
/// value, so these are the shortest; they are verified by reading them back.
template <class Float>
char* format_few_digits(char* into, Float value) noexcept {
  // below, and from here on, an exponent may be shorter
  constexpr auto least = static_cast<Float>(0.001);
  constexpr Float most = 100000;
  const Float size = value < 0 ? -value : value;
  if (!(size >= least && size < most)) return nullptr;
  constexpr std::uint32_t digits_limit = 1000000;
  double scale = 1;
  std::uint32_t scale_digits = 1;
  for (int behind = 0; behind <= 3; ++behind, scale *= 10, scale_digits *= 10) {
    const double scaled = static_cast<double>(size) * scale + 0.5;
    if (scaled >= digits_limit) return nullptr;
    const auto digits = static_cast<std::uint32_t>(scaled);
    if (static_cast<Float>(digits / scale) != size) continue;
    if (value < 0) *into++ = '-';
    into = std::to_chars(into, into + number_bytes, digits / scale_digits).ptr;
    if (behind == 0) return into;
    *into = '.';
    std::uint32_t rest = digits % scale_digits;
    for (int i = behind; i > 0; --i, rest /= 10) into[i] = static_cast<char>('0' + rest % 10);
    return into + behind + 1;
  }
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
