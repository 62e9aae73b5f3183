#pragma once
/// Converts numbers to and from text. Uses `std::to_chars`, or, if MUSUBI_SMALL_NUMBERS is defined
/// (for targets without an operating system, where `std::to_chars` costs over 100 KB of flash),
/// number_small.hpp. Both write the same bytes.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace musubi::json {

/// The most bytes that the formatters write.
inline constexpr std::size_t number_bytes = 32;

/// Writes the shortest decimal that reads back as the same value, as a JSON number, and returns its
/// end. `into` must have room for `number_bytes`, and `value` must be finite.
char* format_number(char* into, float value) noexcept;
char* format_number(char* into, double value) noexcept;

/// A float as text, for use in other text: the shortest decimal that reads back as the same value,
/// or "null" if it is not finite, as on the wire. Converts to a view of its own storage.
///
///     musubi::reason_text::clipped("at most ", musubi::json::digits(most), " °C")
class digits {
 public:
  explicit digits(float value) noexcept { hold(value); }
  explicit digits(double value) noexcept { hold(value); }
  operator std::string_view() const noexcept { return {text_, size_}; }

 private:
  template <class Float>
  void hold(Float value) noexcept;

  char text_[number_bytes] = {'n', 'u', 'l', 'l'};
  std::size_t size_ = 4;
};

/// The double nearest to `text`, a JSON number of at most 63 characters; infinite beyond the
/// largest. Independent of the locale.
[[nodiscard]] double parse_number(std::string_view text) noexcept;
/// The exact value of `text`, a JSON number, times 10^`decimals`, if that is an integer of
/// magnitude below 2^53: "1e2" is 100, and "21.5" with one decimal 215.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text,
                                                        int decimals = 0) noexcept;

/// Compares bits, here and below: nothing else would need software floating-point arithmetic.
[[nodiscard]] inline bool finite(float value) noexcept {
  return (std::bit_cast<std::uint32_t>(value) & 0x7F800000U) != 0x7F800000U;
}
[[nodiscard]] inline bool finite(double value) noexcept {
  constexpr std::uint64_t exponent = std::uint64_t{0x7FF} << 52U;
  return (std::bit_cast<std::uint64_t>(value) & exponent) != exponent;
}
/// Whether two finite numbers are equal; the two zeros are.
[[nodiscard]] inline bool same(float a, float b) noexcept {
  const auto x = std::bit_cast<std::uint32_t>(a);
  const auto y = std::bit_cast<std::uint32_t>(b);
  return x == y || (x | y) << 1U == 0;
}
[[nodiscard]] inline bool same(double a, double b) noexcept {
  const auto x = std::bit_cast<std::uint64_t>(a);
  const auto y = std::bit_cast<std::uint64_t>(b);
  return x == y || (x | y) << 1U == 0;
}

template <class Float>
void digits::hold(Float value) noexcept {
  if (finite(value)) size_ = static_cast<std::size_t>(format_number(text_, value) - text_);
}

}  // namespace musubi::json
