#pragma once
/// Finds the mistakes in an enum that is sent or received.

#include <musubi/mistake/field.hpp>

#include <musubi/schema/enum_reach.hpp>
#include <musubi/schema/mistakes.hpp>

namespace musubi::detail {

/// A mistake about a value of an enum.
template <class Enum, Enum Value>
struct in_enum {
  template <class Store, class Where>
  using at = mistake::enum_value_out_of_range<Store, Where, Enum, Value>;
};

template <class E>
consteval auto mistakes_of_enum() {
  if constexpr (enum_end<E> == 0) {
    return one<mistake::enum_without_values, E>;
  } else if constexpr (reaches_beyond<E>) {
    return mistakes<in_enum<E, value_beyond<E>>>();
  } else {
    return no_mistake;
  }
}
template <class E>
inline constexpr bool right_enum = detail::tell(detail::name<E, E>(mistakes_of_enum<E>()));

}  // namespace musubi::detail
