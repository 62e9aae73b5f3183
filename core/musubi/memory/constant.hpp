#pragma once
/// A field that always has the same value.

#include <musubi/mistake/value.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

#include <musubi/memory/safe_integer.hpp>

namespace musubi {

namespace detail {

/// What a constant is on the wire: the JSON of a literal of text, a bool or an integer.
template <std::size_t Bytes>
struct constant_json {
  template <std::size_t Size>
  consteval constant_json(const char (&text)[Size]) {
    add('"');
    for (std::size_t i = 0; i + 1 < Size; ++i) add(text[i]);
    add('"');
  }
  consteval constant_json(bool value) {
    for (const char c : std::string_view(value ? "true" : "false")) add(c);
  }
  template <number_type T>
  requires(sizeof(T) <= 4) consteval constant_json(T value) {
    char digits[10]{};
    std::size_t count = 0;
    if (value < 0) add('-');
    do {
      const int digit = static_cast<int>(value % 10);
      digits[count++] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
      value = static_cast<T>(value / 10);
    } while (value != 0);
    while (count != 0) add(digits[--count]);
  }

  [[nodiscard]] constexpr std::string_view view() const { return {bytes, size}; }
  /// Whether a writer would write it so, and a reader can read it.
  [[nodiscard]] constexpr bool plain() const {
    for (std::size_t i = 1; i + 1 < size; ++i) {
      if (bytes[i] < ' ' || bytes[i] > '~' || bytes[i] == '"' || bytes[i] == '\\') return false;
    }
    return true;
  }

  char bytes[Bytes]{};
  std::size_t size = 0;

 private:
  constexpr void add(char c) { bytes[size++] = c; }
};
template <std::size_t Size>
constant_json(const char (&)[Size]) -> constant_json<Size + 1>;
constant_json(bool)->constant_json<5>;
template <number_type T>
constant_json(T) -> constant_json<11>;

template <auto Json>
inline constexpr bool right_constant = [] {
  if constexpr (Json.plain()) {
    return true;
  } else {
    return sizeof(mistake::awkward_constant<Json>) != 0;
  }
}();

}  // namespace detail

/// A field that has this value and no other: a text, a bool or an integer. It holds nothing. With
/// one of the same name in each, the alternatives of a `std::variant` are told apart (contract
/// section 5.8):
///
///     struct open {
///       musubi::constant<"open"> type;
///     };
///     struct checked_out {
///       musubi::constant<"checked_out"> type{};
///       musubi::text<15> order_id;
///     };
///     std::variant<open, checked_out> status;
///
/// On the wire: that value; in TypeScript, its type is the literal. The text is printable ASCII
/// without quotes and `\`.
template <detail::constant_json Json>
class constant {
  static_assert(detail::right_constant<Json>);

 public:
  constexpr constant() noexcept = default;
  friend constexpr bool operator==(constant, constant) noexcept { return true; }
};

}  // namespace musubi
