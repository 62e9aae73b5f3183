#pragma once
/// Numbers with a fixed count of decimals, for boards without floating point.

#include <compare>
#include <cstdint>

namespace musubi {

/// A number with `Decimals` digits after the point, stored as a 32-bit integer:
/// `fixed<1>::from_scaled(215)` is 21.5. On the wire: a JSON number, 21.5 here and 21 for 210.
/// A microcontroller without a floating-point unit saves what `float` needs there: its arithmetic,
/// and the search for its shortest decimal (docs/size.md).
template <unsigned Decimals>
requires(Decimals >= 1 && Decimals <= 9) class fixed {
 public:
  static constexpr unsigned decimals = Decimals;

  /// Zero.
  constexpr fixed() noexcept = default;
  /// `number` / 10^Decimals.
  [[nodiscard]] static constexpr fixed from_scaled(std::int32_t number) noexcept {
    fixed made;
    made.scaled_ = number;
    return made;
  }
  /// This number times 10^Decimals.
  [[nodiscard]] constexpr std::int32_t scaled() const noexcept { return scaled_; }

  constexpr bool operator==(const fixed&) const noexcept = default;
  constexpr auto operator<=>(const fixed&) const noexcept = default;

 private:
  std::int32_t scaled_ = 0;
};

}  // namespace musubi
