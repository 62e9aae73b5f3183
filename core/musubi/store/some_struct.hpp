#pragma once
/// Stands for a struct that is not known, to ask whether a function takes one.

#include <type_traits>
#include <utility>

#include <musubi/store/type_name.hpp>

namespace musubi::detail {

/// A function that takes this takes whatever comes: it is a template.
struct no_struct {};

template <class T, class... Known>
concept other_struct =
    std::is_class_v<T> && !std::is_same_v<T, no_struct> && !(std::is_same_v<T, Known> || ...);

/// By its name.
template <class T>
inline constexpr unsigned hash_of_type = [] {
  unsigned hash = 2166136261U;  // FNV-1a
  for (const char c : type_signature<T>()) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash ^ hash >> 16U;
}();
/// A call that could mean two overloads says nothing, so types are asked for in parts: in 16, and
/// in 16 others, for two that are in one part of the former.
template <class T>
consteval bool belongs_to_part(unsigned part) {
  return part < 16 ? hash_of_type<T> % 16 == part : hash_of_type<T> / 16 % 16 == part - 16;
}
using all_parts = std::make_integer_sequence<unsigned, 32>;

/// Converts to every struct of a part but those that are `Known`.
template <unsigned Part, class... Known>
struct some_struct {
  template <class T>
  requires(other_struct<std::remove_const_t<T>, Known...>&& belongs_to_part<std::remove_const_t<T>>(
      Part))
  operator T&() const noexcept;
};

}  // namespace musubi::detail
