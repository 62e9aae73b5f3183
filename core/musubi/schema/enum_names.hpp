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

template <auto... Values>
consteval std::string_view signature_of_all() {
  return __PRETTY_FUNCTION__;
}

/// Which of many values of an enum have names.
struct named_values {
  std::size_t count = 0;  ///< of all values
  std::size_t first = 0;  ///< the index of the first with a name; `count` if none has
  std::size_t end = 0;    ///< one more than the index of the last
};
/// Reads `signature_of_all`, because one signature for each value takes far longer to compile. A
/// value without a name is written as a cast: "(mode)64", or "(mode)'@'".
consteval named_values find_named(std::string_view text) {
  text.remove_prefix(text.find("Values = ") + 9);
  named_values found;
  bool any = false;
  bool cast = false;
  int depth = 0;
  for (std::size_t i = 0;; ++i) {
    const char c = text[i];
    const bool opens = c == '(' || c == '<' || c == '{';
    const bool closes = c == ')' || c == '>' || c == '}';
    if (opens) ++depth;
    if (closes) --depth;
    if (c == ')') {
      const char next = text[i + 1];
      cast = (next >= '0' && next <= '9') || next == '-' || next == '\'';
    }
    if (c == '\'') i = text.find('\'', i + (text[i + 1] == '\\' ? 3 : 2));
    if ((c == ',' && depth == 1) || (closes && depth == 0)) {
      if (!cast) {
        if (!any) found.first = found.count;
        any = true;
        found.end = found.count + 1;
      }
      cast = false;
      ++found.count;
      if (depth == 0) break;
    }
  }
  if (!any) found.first = found.count;
  return found;
}

/// One more than the highest value with a name.
template <class E>
inline constexpr std::size_t enum_end = []<std::size_t... I>(std::index_sequence<I...>) {
  return find_named(signature_of_all<static_cast<E>(I)...>()).end;
}
(std::make_index_sequence<enum_range>{});
static_assert(enum_end<calibration_enum> == 1,
              "musubi: this compiler writes enumerators differently; adapt find_named()");

/// "operator_" -> "operator": an enumerator cannot be a keyword of C++.
constexpr std::string_view without_last_underscore(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

/// Names by value; empty for values without a name.
template <class E>
inline constexpr auto enum_names = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{
      without_last_underscore(enumerator_name<E, static_cast<E>(I)>)...};
}
(std::make_index_sequence<enum_end<E>>{});

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
