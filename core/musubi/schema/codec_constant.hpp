#pragma once
/// The wire form of fields that always have the same value.

#include <string_view>

#include <musubi/memory/constant.hpp>
#include <musubi/schema/codec.hpp>

namespace musubi {

namespace detail {

/// Reads the next value; returns false when it is not the text, bool or integer `json`.
[[nodiscard]] bool read_constant(json::reader& from, std::string_view json) noexcept;

/// The JSON of the only value that a `T` can have; empty when there are several.
template <class T>
inline constexpr std::string_view only_value = {};
template <constant_json Json>
inline constexpr std::string_view only_value<constant<Json>> = Json.view();
template <class E>
inline constexpr std::size_t count_of_names = [] {
  std::size_t count = 0;
  for (const std::string_view name : enum_names<E>) count += name.empty() ? 0U : 1U;
  return count;
}();
template <class E>
inline constexpr auto quoted_last_name = [] {
  constexpr std::string_view name = enum_names<E>.back();
  sentence<name.size() + 2> made;
  made.add("\"");
  made.add(name);
  made.add("\"");
  return made;
}();
template <class E>
requires(std::is_enum_v<E>&& count_of_names<E> ==
         1) inline constexpr std::string_view only_value<E> = quoted_last_name<E>.view();

/// The JSON of a constant, as an error says it: a text without its quotes.
constexpr std::string_view without_quotes(std::string_view json) {
  if (json.starts_with('"')) {  // not substr(), which may throw
    json.remove_prefix(1);
    json.remove_suffix(1);
  }
  return json;
}

}  // namespace detail

template <detail::constant_json Json>
struct codec<constant<Json>> {
  static constexpr std::string_view typescript = Json.view();
  static constexpr std::string_view expected = detail::without_quotes(Json.view());
  static void write(json::writer& out, constant<Json>) noexcept { out.raw(Json.view()); }
  static bool equal(constant<Json>, constant<Json>) noexcept { return true; }
  static void diff(operations&, const pointer&, constant<Json>, constant<Json>) noexcept {}
  static bool read(json::reader& from, constant<Json>&, decode_error& error) noexcept {
    return detail::read_constant(from, Json.view()) || error.expect(expected);
  }
};

}  // namespace musubi
