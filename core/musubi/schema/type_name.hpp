#pragma once
/// The names of types, as the compiler reports them.

#include <cstddef>
#include <string_view>

namespace musubi::detail {

consteval bool in_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The last identifier in `text`; empty if it is a number, as for an enum value without a name.
consteval std::string_view last_identifier(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !in_identifier(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && in_identifier(text[begin - 1])) --begin;
  text = text.substr(begin, end - begin);
  return !text.empty() && text[0] >= '0' && text[0] <= '9' ? std::string_view() : text;
}

template <class T>
consteval std::string_view type_signature() {
  return __PRETTY_FUNCTION__;
}

/// The last part of a type's name: "SetTarget" of "ns::thermostat::SetTarget".
template <class T>
consteval std::string_view type_name() {
  std::string_view text = type_signature<T>();
  constexpr std::string_view marker = "T = ";
  text.remove_prefix(text.find(marker) + marker.size());
  const std::size_t end = text.find_first_of(";]");
  return last_identifier(text.substr(0, end));
}

}  // namespace musubi::detail
