#pragma once
/// How the alternatives of a variant are told apart: by their tag, a field that has one value in
/// each of them, or else by the keys that each requires.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/schema/codec_constant.hpp>
#include <musubi/schema/codec_containers.hpp>
#include <musubi/schema/fields.hpp>

namespace musubi::detail {

/// A `std::variant`. Recognised without its header, which most programs do not need.
template <class T>
concept chooses = requires(const T& choice) {
  choice.valueless_by_exception();
};

template <class T, std::size_t Index>
using type_of_field = field_type<decltype(tie_fields(std::declval<const T&>())), Index>;

// --- one alternative ---

/// For each field of `T`, the JSON of the only value that it can have; empty if there are several.
template <class T>
inline constexpr auto only_values = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{only_value<type_of_field<T, I>>...};
}
(std::make_index_sequence<field_count<T>()>{});

/// That of the field called `name`; empty if there is none.
template <class T>
constexpr std::string_view only_value_of(std::string_view name) {
  const std::size_t at = index_of_name<T>(name);
  return at == field_count<T>() ? std::string_view() : only_values<T>[at];
}

/// The names of the fields that are never left out: all but the optional ones.
template <class T>
inline constexpr auto required_keys = []<std::size_t... I>(std::index_sequence<I...>) {
  constexpr std::size_t count =
      (std::size_t{0} + ... + (is_optional<type_of_field<T, I>> ? 0U : 1U));
  std::array<std::string_view, count> keys{};
  [[maybe_unused]] std::size_t size = 0;
  ((is_optional<type_of_field<T, I>> ? void() : void(keys[size++] = field_names<T>[I])), ...);
  return keys;
}
(std::make_index_sequence<field_count<T>()>{});

// --- all of them ---

/// One for each alternative: a value, or a set of keys.
template <std::size_t Count>
using values_of_each = std::array<std::string_view, Count>;
using keys_of_one = std::span<const std::string_view>;

template <class... T>
inline constexpr std::array<keys_of_one, sizeof...(T)> keys_of_each{required_keys<T>...};

constexpr bool same_alternative(std::string_view value, std::string_view other) {
  return value == other;
}
constexpr bool same_alternative(keys_of_one keys, keys_of_one others) {
  if (keys.size() != others.size()) return false;
  for (const std::string_view key : keys) {
    bool found = false;
    for (const std::string_view other : others) found = found || key == other;
    if (!found) return false;
  }
  return true;
}
/// The index of the first that is the same as the one at `index`.
template <class Each>
constexpr std::size_t first_same(const Each& each, std::size_t index) {
  std::size_t at = 0;
  while (!same_alternative(each[at], each[index])) ++at;
  return at;
}
/// The index of the first that is the same as one before it; the size if all differ.
template <class Each>
constexpr std::size_t first_repeated(const Each& each) {
  std::size_t at = 0;
  while (at != each.size() && first_same(each, at) == at) ++at;
  return at;
}

/// The name of the field that tells them apart: of those that have one value in each alternative,
/// the first with different ones, or else the first; empty if there is none.
template <class First, class... Rest>
inline constexpr std::string_view tag_of = [] {
  std::string_view found;
  for (const std::string_view name : field_names<First>) {
    const values_of_each<1 + sizeof...(Rest)> values{only_value_of<First>(name),
                                                     only_value_of<Rest>(name)...};
    bool everywhere = true;
    for (const std::string_view value : values) everywhere = everywhere && !value.empty();
    if (everywhere && first_repeated(values) == values.size()) return name;
    if (everywhere && found.empty()) found = name;
  }
  return found;
}();
template <class... T>
inline constexpr values_of_each<sizeof...(T)> tags_of_each{only_value_of<T>(tag_of<T...>)...};

constexpr std::size_t most_listed_bytes(const auto& each) {
  std::size_t bytes = 8;
  for (const auto& one : each) bytes += one.size() + 4;
  return bytes;
}
/// "one of open, checking_out, checked_out"
template <class... T>
inline constexpr auto one_of_tags = [] {
  sentence<most_listed_bytes(tags_of_each<T...>)> made;
  made.add("one of ");
  bool first = true;
  for (const std::string_view tag : tags_of_each<T...>) {
    if (!first) made.add(", ");
    made.add(without_quotes(tag));
    first = false;
  }
  return made;
}();
/// "one of {ok}, {error, field}"
template <class... T>
inline constexpr auto one_of_keys = [] {
  sentence<(8 + ... + most_listed_bytes(required_keys<T>))> made;
  made.add("one of ");
  bool first = true;
  for (const keys_of_one keys : keys_of_each<T...>) {
    made.add(first ? "{" : ", {");
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (i != 0) made.add(", ");
      made.add(keys[i]);
    }
    made.add("}");
    first = false;
  }
  return made;
}();

/// Finds which of `tags` the object at `from` has as its member `name`.
[[nodiscard]] bool find_by_tag(json::reader from, std::string_view name,
                               std::span<const std::string_view> tags, std::string_view expected,
                               std::size_t& index, decode_error& error) noexcept;
/// Finds of which of `keys` the object at `from` has all; of several, the one with the most keys.
[[nodiscard]] bool find_by_keys(json::reader from, std::span<const keys_of_one> keys,
                                std::string_view expected, std::size_t& index,
                                decode_error& error) noexcept;

/// What is read when an object is expected to be one of them.
template <class... T>
struct alternatives {
  static constexpr bool tagged = !tag_of<T...>.empty();
  static constexpr std::string_view expected = [] {
    if constexpr (tagged) {
      return std::string_view("object");
    } else {
      return one_of_keys<T...>.view();
    }
  }();
  static bool find(const json::reader& from, std::size_t& index, decode_error& error) noexcept {
    if constexpr (tagged) {
      return find_by_tag(from, tag_of<T...>, tags_of_each<T...>, one_of_tags<T...>.view(), index,
                         error);
    } else {
      return find_by_keys(from, keys_of_each<T...>, expected, index, error);
    }
  }
};

}  // namespace musubi::detail
