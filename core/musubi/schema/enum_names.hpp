#pragma once
/// The names of an enum's values.

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/schema/field_names.hpp>
#include <musubi/schema/sentence.hpp>

namespace musubi::detail {

/// Values of an enum are searched from 0 up to this one.
inline constexpr std::size_t enum_range = 64;

/// One more than the highest value with a name.
template <class E>
consteval std::size_t enum_end() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t end = 0;
    ((end = enumerator_name<E, static_cast<E>(I)>.empty() ? end : I + 1), ...);
    return end;
  }
  (std::make_index_sequence<enum_range>{});
}

/// Names by value; empty for values without a name.
template <class E>
inline constexpr auto enum_names = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{enumerator_name<E, static_cast<E>(I)>...};
}
(std::make_index_sequence<enum_end<E>()>{});

/// The name of `value`; empty when it has none.
template <class E>
constexpr std::string_view name_of_value(E value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  return index < enum_names<E>.size() ? enum_names<E>[index] : std::string_view();
}

/// Finds the value with this name; returns false when there is none.
template <class E, class Name>
constexpr bool value_of_name(const Name& name, E& into) noexcept {
  for (std::size_t i = 0; i < enum_names<E>.size(); ++i) {
    if (!enum_names<E>[i].empty() && name == enum_names<E>[i]) {
      into = static_cast<E>(i);
      return true;
    }
  }
  return false;
}

template <class E>
consteval std::size_t one_of_bytes() {
  std::size_t bytes = 8;
  for (const std::string_view name : enum_names<E>) bytes += name.size() + 2;
  return bytes;
}

/// "one of off, eco, comfort"
template <class E>
inline constexpr auto one_of = [] {
  sentence<one_of_bytes<E>()> made;
  made.add("one of ");
  bool first = true;
  for (const std::string_view name : enum_names<E>) {
    if (name.empty()) continue;
    if (!first) made.add(", ");
    made.add(name);
    first = false;
  }
  return made;
}();

}  // namespace musubi::detail
