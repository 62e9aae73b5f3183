#pragma once
/// Integers that travel as text, because a browser would round them as numbers.

#include <musubi/memory/safe_integer.hpp>

namespace musubi {

/// A `T` that is sent and received as a string of its digits: for serial numbers, hashes and
/// anything else that needs all 64 bits. On the wire: a JSON string, `"18446744073709551615"`,
/// which JavaScript turns into a `BigInt` if it must compute. Reads as a `T`.
template <detail::number_type T>
class as_text {
 public:
  using number = T;

  constexpr as_text() noexcept = default;
  constexpr as_text(T value) noexcept : value_(value) {}

  [[nodiscard]] constexpr T value() const noexcept { return value_; }
  constexpr operator T() const noexcept { return value_; }

 private:
  T value_ = 0;
};

}  // namespace musubi
