#pragma once
/// The wire form of integers that need more than 32 bits.

#include <array>
#include <charconv>

#include <musubi/memory/internal/as_text.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/schema/codec.hpp>

namespace musubi {

/// A number.
template <>
struct codec<safe_integer> : scalar_codec<safe_integer> {
  static constexpr std::string_view typescript = "number";
  static constexpr std::string_view expected = "integer";
  static void write(json::writer& out, safe_integer value) noexcept { out.number(value.value()); }
  static bool read(json::reader& from, safe_integer& into, decode_error& error) noexcept {
    if constexpr (short_ways) {
      std::int64_t found = 0;
      if (from.short_integer(found)) {
        into = found;
        return true;
      }
    }
    if (from.next() != json::value_kind::number) return error.expect(expected);
    const auto found = from.integer();
    if (!found || !safe_integer::fits(*found)) return error.expect(range);
    into = *found;
    return true;
  }

 private:
  static constexpr std::string_view range = "integer from -9007199254740991 to 9007199254740991";
};

/// A string with the digits of a number.
template <class T>
struct codec<as_text<T>> : scalar_codec<as_text<T>> {
  static constexpr std::string_view typescript = "string";
  static constexpr std::string_view expected = "string with an integer";
  static void write(json::writer& out, as_text<T> value) noexcept {
    out.raw('"');
    out.number(value.value());
    out.raw('"');
  }
  static bool read(json::reader& from, as_text<T>& into, decode_error& error) noexcept {
    const auto found = from.string();
    std::array<char, most_digits> digits;
    if (!found || found->size() > digits.size()) return error.expect(expected);
    const char* const end = found->decode(digits.data());
    T number{};
    const auto [stopped, problem] = std::from_chars(digits.data(), end, number);
    if (problem == std::errc::result_out_of_range) return error.expect(range.view());
    if (problem != std::errc() || stopped != end) return error.expect(expected);
    into = number;
    return true;
  }

 private:
  /// Longer than any number, so that a number out of range is reported as such.
  static constexpr std::size_t most_digits = 40;
  static constexpr auto range =
      detail::fitted([] { return detail::with_range<T>("string with an integer from "); });
};

}  // namespace musubi
