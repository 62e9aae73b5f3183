#pragma once
/// Detects values of an enum that could not be written, because their names are not in its table.

#include <array>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

#include <musubi/schema/enum_names.hpp>

namespace musubi::detail {

/// The values outside the table of names that are checked: nearby ones, powers of two and one less,
/// hundreds, the limits. For an enum of 8 bits, all values.
template <class E>
struct values_beyond {
  using number = std::underlying_type_t<E>;
  static constexpr auto least = std::numeric_limits<number>::min();
  static constexpr auto most = std::numeric_limits<number>::max();
  static constexpr int bits = std::numeric_limits<number>::digits;

  struct list {
    std::array<number, 400> values{};
    std::size_t count = 0;
    constexpr void add(number value) { values[count++] = value; }
  };
  static constexpr list all = [] {
    list made;
    if constexpr (std::is_signed_v<number>) {
      const int lowest = sizeof(number) == 1 ? -127 : -64;
      for (int below = -1; below >= lowest; --below) made.add(static_cast<number>(below));
      made.add(least);
    }
    for (unsigned above = enum_range;
         above <= 255 && above <= static_cast<unsigned long long>(most); ++above) {
      made.add(static_cast<number>(above));
    }
    for (int bit = 8; bit <= bits; ++bit) {
      const unsigned long long power = bit < 64 ? 1ULL << static_cast<unsigned>(bit) : 0;
      made.add(static_cast<number>(power - 1));
      if (bit < bits) made.add(static_cast<number>(power));
    }
    for (int hundred = 3; bits >= 10 && hundred <= 10; ++hundred) {
      made.add(static_cast<number>(hundred * 100));
    }
    return made;
  }();
};

/// The index of the first value outside the table that has a name; `all.count` if none has.
template <class E>
inline constexpr std::size_t first_beyond = []<std::size_t... I>(std::index_sequence<I...>) {
  return find_named(signature_of_all<static_cast<E>(values_beyond<E>::all.values[I])...>()).first;
}
(std::make_index_sequence<values_beyond<E>::all.count>{});

/// Whether `E` is known to have a value that could not be written.
template <class E>
inline constexpr bool reaches_beyond = first_beyond<E> != values_beyond<E>::all.count;
template <class E>
inline constexpr E value_beyond = static_cast<E>(values_beyond<E>::all.values[first_beyond<E>]);

}  // namespace musubi::detail
