#pragma once
/// Sentences that are built at compile time.

#include <concepts>
#include <cstddef>
#include <limits>
#include <string_view>

namespace musubi::detail {

template <std::size_t N>
struct sentence {
  char bytes[N]{};
  std::size_t size = 0;
  constexpr void add(std::string_view part) {
    for (const char c : part) bytes[size++] = c;
  }
  /// In decimal.
  template <std::integral T>
  constexpr void add_number(T value) {
    char digits[20]{};
    std::size_t count = 0;
    if (value < 0) add("-");
    do {
      const int digit = static_cast<int>(value % 10);
      digits[count++] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
      value = static_cast<T>(value / 10);
    } while (value != 0);
    while (count != 0) add({&digits[--count], 1});
  }
  [[nodiscard]] constexpr std::string_view view() const { return {bytes, size}; }
};

/// The sentence that `make` returns, with room for no more than that.
template <class Make>
consteval auto fitted(Make make) {
  sentence<make().size> made;
  made.add(make().view());
  return made;
}

/// `before`, N in decimal, `after`.
template <std::size_t N>
consteval sentence<64> with_number(std::string_view before, std::string_view after) {
  sentence<64> made;
  made.add(before);
  made.add_number(N);
  made.add(after);
  return made;
}

/// `before`, the lowest value of a `T`, " to ", the highest.
template <std::integral T>
consteval sentence<80> with_range(std::string_view before) {
  sentence<80> made;
  made.add(before);
  made.add_number(std::numeric_limits<T>::min());
  made.add(" to ");
  made.add_number(std::numeric_limits<T>::max());
  return made;
}

}  // namespace musubi::detail
