#pragma once
/// Represents an unknown struct, to check whether a function takes one.

#include <type_traits>
#include <utility>

#include <musubi/schema/type_name.hpp>

namespace musubi::detail {

/// A function that takes this is a template, which takes any type.
struct no_struct {};

template <class T, class... Known>
concept other_struct =
    std::is_class_v<T> && !std::is_same_v<T, no_struct> && !(std::is_same_v<T, Known> || ...);

/// A hash of its name.
template <class T>
inline constexpr unsigned hash_of_type = [] {
  unsigned hash = 2166136261U;  // FNV-1a
  for (const char c : type_signature<T>()) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash ^ hash >> 16U;
}();
/// An ambiguous call gives no answer, so types are divided into 16 groups, and in another way into
/// 16 other groups, which separate two types that share one of the first.
template <class T>
consteval bool belongs_to_part(unsigned part) {
  return part < 16 ? hash_of_type<T> % 16 == part : hash_of_type<T> / 16 % 16 == part - 16;
}
using all_parts = std::make_integer_sequence<unsigned, 32>;

/// Converts to every struct of a group except for those in `Known`.
template <unsigned Part, class... Known>
struct some_struct {
  template <class T>
  requires(other_struct<std::remove_const_t<T>, Known...>&& belongs_to_part<std::remove_const_t<T>>(
      Part))
  operator T&() const noexcept;
};

}  // namespace musubi::detail
