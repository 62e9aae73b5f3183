#pragma once
/// What is said of each field, found at compile time, and whether a number is within its range.

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <musubi/memory/fixed.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/schema/codec_containers.hpp>
#include <musubi/schema/fields.hpp>
#include <musubi/schema/sentence.hpp>

namespace musubi::detail {

template <class T>
inline constexpr bool is_remarks = false;
template <class Class, class... Member>
inline constexpr bool is_remarks<field_remarks<Class, Member...>> = true;
/// Says something of its fields, and has not just a member named `about`.
template <class T>
concept makes_remarks = requires {
  requires is_remarks<std::remove_cvref_t<decltype(T::about)>>;
};

/// Whether the remark at `Entry` is about the field at `Index`.
template <class T, std::size_t Index, std::size_t Entry>
consteval bool is_remark_on() {
  constexpr auto place = field_address<T, Index>();
  constexpr auto member = std::get<Entry>(T::about.entries).member;
  if constexpr (std::is_same_v<std::remove_const_t<decltype(place.of)>,
                               decltype(&(std::declval<const T&>().*member))>) {
    return &(object_with_fields<T, false>().*member) == place.of;
  } else {
    return false;
  }
}

/// The remarks on one field.
struct remarks_found {
  std::size_t count = 0;
  bool is_named = false;
  field_notes notes;
};
template <class T, std::size_t Index>
consteval remarks_found remarks_on() {
  remarks_found found;
  const auto look = [&](bool is_it, const auto& entry) {
    if (!is_it) return;
    ++found.count;
    found.is_named = !entry.name.empty();
    found.notes = entry.notes;
  };
  [&]<std::size_t... Entry>(std::index_sequence<Entry...>) {
    (look(is_remark_on<T, Index, Entry>(), std::get<Entry>(T::about.entries)), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(T::about.entries)>>{});
  return found;
}

/// What is said of a field.
template <class T, std::size_t Index>
consteval field_notes notes_of() {
  if constexpr (lists_fields<T>) {
    return std::get<Index>(T::fields).notes;
  } else if constexpr (makes_remarks<T>) {
    return remarks_on<T, Index>().notes;
  } else {
    return {};
  }
}

/// The number in an optional one, or the type itself.
template <class T>
struct plain_of {
  using type = T;
};
template <class T>
struct plain_of<std::optional<T>> {
  using type = T;
};

template <class T>
inline constexpr bool is_fixed = false;
template <unsigned Decimals>
inline constexpr bool is_fixed<fixed<Decimals>> = true;
template <class T>
concept wire_number =
    wire_integer<T> || one_of_types<T, float, double, safe_integer> || is_fixed<T>;
/// Numbers that are whole.
template <class T>
concept whole_number = wire_integer<T> || std::same_as<T, safe_integer>;

/// The nearest integer.
constexpr std::int64_t nearest(double value) {
  const auto toward_zero = static_cast<std::int64_t>(value);
  const double rest = value - static_cast<double>(toward_zero);
  if (rest >= 0.5) return toward_zero + 1;
  return rest <= -0.5 ? toward_zero - 1 : toward_zero;
}

/// A number as a person writes it, with at most nine decimals: "0.5".
constexpr sentence<48> decimal_of(double value) {
  std::int64_t scale = 1;
  const double size = value < 0 ? -value : value;
  const auto is_whole = [&] {
    const double scaled = size * static_cast<double>(scale);
    const double off = scaled - static_cast<double>(nearest(scaled));
    return (off < 0 ? -off : off) <= scaled * 1e-9;
  };
  while (scale < 1'000'000'000 && !is_whole()) scale *= 10;
  const std::int64_t scaled = nearest(size * static_cast<double>(scale));
  sentence<48> made;
  if (value < 0 && scaled != 0) made.add("-");
  made.add_number(scaled / scale);
  if (scale != 1) made.add(".");
  for (std::int64_t at = scale / 10; at != 0; at /= 10) made.add_number(scaled / at % 10);
  return made;
}

/// A bound as a `fixed<Decimals>` holds it.
constexpr std::int64_t scaled_bound(double bound, unsigned decimals) {
  for (unsigned i = 0; i != decimals; ++i) bound *= 10;
  return nearest(bound);
}

/// Whether a range goes from a lower to a higher number that a `T` can hold, in steps above 0.
template <wire_number T>
consteval bool is_right_range(const field_notes& said) {
  if (!said.has_range) return said.step == 0;
  if (said.step < 0) return false;
  const auto within = [&](double least, double most) {
    return said.least >= least && said.most <= most;
  };
  if (!(said.least < said.most)) return false;
  if constexpr (is_fixed<T>) {
    return within(-2147483648.0, 2147483647.0) &&
           scaled_bound(said.least, T::decimals) >= std::numeric_limits<std::int32_t>::min() &&
           scaled_bound(said.most, T::decimals) <= std::numeric_limits<std::int32_t>::max();
  } else if constexpr (std::same_as<T, safe_integer>) {
    return within(static_cast<double>(safe_integer::min), static_cast<double>(safe_integer::max));
  } else if constexpr (wire_integer<T>) {
    const auto is_whole = [](double bound) {
      return static_cast<double>(static_cast<std::int64_t>(bound)) == bound;
    };
    return within(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()) &&
           is_whole(said.least) && is_whole(said.most) && is_whole(said.step);
  } else {
    return within(-1e15, 1e15);
  }
}

template <class T, std::size_t Index>
inline constexpr auto range_sentence = fitted([] {
  using number =
      typename plain_of<field_type<decltype(tie_fields(std::declval<const T&>())), Index>>::type;
  constexpr field_notes said = notes_of<T, Index>();
  sentence<128> made;
  made.add(whole_number<number> ? "integer from " : "number from ");
  made.add(decimal_of(said.least).view());
  made.add(" to ");
  made.add(decimal_of(said.most).view());
  return made;
});

template <class T, std::size_t Index, class Number>
bool is_in_range(const Number& value) noexcept {
  constexpr field_notes said = notes_of<T, Index>();
  if constexpr (is_optional<Number>) {
    return !value || is_in_range<T, Index>(*value);
  } else if constexpr (is_fixed<Number>) {
    constexpr auto least = static_cast<std::int32_t>(scaled_bound(said.least, Number::decimals));
    constexpr auto most = static_cast<std::int32_t>(scaled_bound(said.most, Number::decimals));
    return value.scaled() >= least && value.scaled() <= most;
  } else if constexpr (whole_number<Number>) {
    constexpr auto least = static_cast<std::int64_t>(said.least);
    constexpr auto most = static_cast<std::int64_t>(said.most);
    const auto now = static_cast<std::int64_t>(value);
    return now >= least && now <= most;
  } else {
    return value >= static_cast<Number>(said.least) && value <= static_cast<Number>(said.most);
  }
}

/// Whether a field that was read is within its range, if it has one; tells `error` what was
/// expected if not. A State that a client reads is taken as it is.
template <class T, std::size_t Index, class Field>
bool keeps_range([[maybe_unused]] const Field& field,
                 [[maybe_unused]] decode_error& error) noexcept {
  if constexpr (lists_fields<T> || makes_remarks<T>) {
    if constexpr (notes_of<T, Index>().has_range && wire_number<typename plain_of<Field>::type>) {
      if (!error.null_means_nan && !is_in_range<T, Index>(field)) {
        return error.expect(range_sentence<T, Index>.view());
      }
    }
  }
  return true;
}

/// The same, and tells `error` which field it is.
template <class T, std::size_t Index, class Field>
bool holds_range(const Field& field, decode_error& error) noexcept {
  return keeps_range<T, Index>(field, error) || error.within(field_name<T, Index>());
}

}  // namespace musubi::detail
