#pragma once
/// References to all fields of an object. Like a std::tuple of references, but a fraction of the
/// work for the compiler: no recursion, and none of a tuple's conversions.

#include <cstddef>
#include <type_traits>
#include <utility>

namespace musubi::detail {

template <std::size_t Index, class T>
struct field_ref {
  T& field;
};
template <class Indices, class... T>
struct indexed_refs;
template <std::size_t... Index, class... T>
struct indexed_refs<std::index_sequence<Index...>, T...> : field_ref<Index, T>... {};

template <class... T>
struct field_refs : indexed_refs<std::index_sequence_for<T...>, T...> {};

/// The field with this index. `T` is deduced: it is the base class with that index.
template <std::size_t Index, class T>
constexpr T& field_at(const field_ref<Index, T>& from) noexcept {
  return from.field;
}

template <std::size_t Index, class T>
std::type_identity<T> type_at(const field_ref<Index, T>& from);  // never defined
/// The type of a field, without const, from the references to all.
template <class Refs, std::size_t Index>
using field_type =
    std::remove_const_t<typename decltype(type_at<Index>(std::declval<const Refs&>()))::type>;

}  // namespace musubi::detail
