#pragma once
/// Parses the kernel's text files, without allocation and independent of the locale.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

#include <musubi/memory/text.hpp>

namespace gateway {

/// `text` without surrounding white space (and terminating zeros, as in device trees).
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view space(" \t\r\n\0", 5);
  const std::size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) + 1 - begin);
}

/// `text` as a number; nothing when it is not entirely a number or out of range.
template <class Number>
[[nodiscard]] std::optional<Number> to_number(std::string_view text) noexcept {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Removes and returns the next word of `rest`; empty at the end.
[[nodiscard]] constexpr std::string_view take_word(std::string_view& rest) noexcept {
  const std::size_t begin = rest.find_first_not_of(" \t");
  if (begin == std::string_view::npos) {
    rest = {};
    return {};
  }
  const std::size_t end = std::min(rest.find_first_of(" \t", begin), rest.size());
  const std::string_view word = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return word;
}

/// Removes the next field of `rest` and the space after it. For files whose fields are separated by
/// single spaces, and may be empty.
[[nodiscard]] constexpr std::string_view take_field(std::string_view& rest) noexcept {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view field = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return field;
}

/// The next word of `rest` as a number.
template <class Number>
[[nodiscard]] std::optional<Number> take_number(std::string_view& rest) noexcept {
  return to_number<Number>(take_word(rest));
}

/// Reads the next numbers of `rest`. Returns false, with `into` partly filled, when one is
/// malformed.
template <class Number, std::size_t N>
[[nodiscard]] bool take_numbers(std::string_view& rest, Number (&into)[N]) noexcept {
  for (Number& value : into) {
    const auto number = take_number<Number>(rest);
    if (!number) return false;
    value = *number;
  }
  return true;
}

/// Makes a name from outside fit to be sent: truncates it, and replaces bytes that are not
/// printable UTF-8 with '?'. The kernel allows any bytes in names; a browser would close its
/// connection.
template <std::size_t N>
[[nodiscard]] musubi::text<N> shown(std::string_view name) noexcept;

/// Rounds to tenths: precise enough for people, and half the bytes on the wire.
[[nodiscard]] inline float tenths(double value) noexcept {
  return static_cast<float>(std::round(value * 10.0) / 10.0);
}

/// `part` of `whole` in percent, 0 to 100, in tenths.
[[nodiscard]] inline float percent(std::uint64_t part, std::uint64_t whole) noexcept {
  if (whole == 0) return 0.0F;
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return tenths(100.0 * (share > 1.0 ? 1.0 : share));
}

namespace detail {
/// Length of the printable character at the start of `text`; 0 if there is none.
[[nodiscard]] std::size_t character(std::string_view text) noexcept;
}  // namespace detail

template <std::size_t N>
musubi::text<N> shown(std::string_view name) noexcept {
  musubi::text<N> made;
  while (!name.empty()) {
    const std::size_t length = detail::character(name);
    if (!made.append(length > 0 ? name.substr(0, length) : std::string_view("?"))) break;
    name.remove_prefix(length > 0 ? length : 1);
  }
  return made;
}

}  // namespace gateway
