#pragma once
/// 64-bit integers that a browser can represent exactly.

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace musubi {

namespace detail {
/// Integer types except bool and the character types.
template <class T>
concept number_type = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                      !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                      !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;
}  // namespace detail

/// An integer from -(2^53 - 1) to 2^53 - 1, the range that JavaScript represents exactly
/// (`Number.isSafeInteger`). Use it for byte counts and milliseconds since 1970. On the wire: a
/// JSON number. Converts to and computes as a `std::int64_t`.
///
/// A number beyond the range is clamped to it, so a counter stops there instead of wrapping. Use
/// `from` to detect that, or `as_text` to send all 64 bits.
class safe_integer {
 public:
  static constexpr std::int64_t max = 9'007'199'254'740'991;
  static constexpr std::int64_t min = -max;

  constexpr safe_integer() noexcept = default;
  template <detail::number_type T>
  constexpr safe_integer(T value) noexcept : value_(clamped(value)) {}

  /// `value`, or `std::nullopt` when it is beyond the range.
  template <detail::number_type T>
  [[nodiscard]] static constexpr std::optional<safe_integer> from(T value) noexcept {
    if (!fits(value)) return std::nullopt;
    return safe_integer(value);
  }
  template <detail::number_type T>
  [[nodiscard]] static constexpr bool fits(T value) noexcept {
    return std::cmp_greater_equal(value, min) && std::cmp_less_equal(value, max);
  }

  [[nodiscard]] constexpr std::int64_t value() const noexcept { return value_; }
  constexpr operator std::int64_t() const noexcept { return value_; }

  // the sum of two such numbers fits in 64 bits, so it can be clamped
  constexpr safe_integer& operator+=(safe_integer other) noexcept {
    return *this = safe_integer(value_ + other.value_);
  }
  constexpr safe_integer& operator-=(safe_integer other) noexcept {
    return *this = safe_integer(value_ - other.value_);
  }
  constexpr safe_integer& operator++() noexcept { return *this += safe_integer(1); }
  constexpr safe_integer& operator--() noexcept { return *this -= safe_integer(1); }

 private:
  template <class T>
  static constexpr std::int64_t clamped(T value) noexcept {
    if (std::cmp_less(value, min)) return min;
    if (std::cmp_greater(value, max)) return max;
    return static_cast<std::int64_t>(value);
  }

  std::int64_t value_ = 0;
};

}  // namespace musubi
