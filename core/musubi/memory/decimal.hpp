#pragma once
/// Integers as text.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace musubi {

namespace detail {
/// Writes the digits of `value`, and answers their end. Two at a time, or where flash is little
/// one.
char* put_digits(char* to, std::uint32_t value) noexcept;
char* put_digits(char* to, std::uint64_t value) noexcept;

/// Writes `value` with at most 20 characters, or 11 if it has up to 32 bits, and answers their end.
template <std::integral Number>
char* put_decimal(char* to, Number value) noexcept {
  using digits = std::conditional_t<(sizeof(Number) > 4), std::uint64_t, std::uint32_t>;
  auto rest = static_cast<digits>(value);
  if constexpr (std::is_signed_v<Number>) {
    if (value < 0) {
      *to++ = '-';
      rest = digits{0} - rest;
    }
  }
  return put_digits(to, rest);
}
}  // namespace detail

/// The decimal digits of an integer, for use in other text: `line.append(decimal(port))`. It
/// converts to a view of its own storage.
class decimal {
 public:
  template <std::integral Number>
  explicit decimal(Number number) noexcept
      : size_(static_cast<std::size_t>(detail::put_decimal(digits_, number) - digits_)) {}
  operator std::string_view() const noexcept { return {digits_, size_}; }

 private:
  char digits_[20];  // of 64 bits, with a sign
  std::size_t size_;
};

}  // namespace musubi
