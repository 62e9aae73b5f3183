#pragma once
/// Lists of mistakes: a mistake found deep inside a declaration is reported at the top level, with
/// the names of the store and the field.

#include <musubi/mistake/field.hpp>

namespace musubi::detail {

/// The mistakes found, as incomplete types, which `tell` completes.
template <class... Found>
struct mistakes {};

// Functions that take such a list are called by qualified names, because argument-dependent lookup
// would complete the types in it.

consteval mistakes<> join() {
  return {};
}
template <class... A>
consteval mistakes<A...> join(mistakes<A...>) {
  return {};
}
template <class... A, class... B, class... Rest>
consteval auto join(mistakes<A...>, mistakes<B...>, Rest... rest) {
  return detail::join(mistakes<A..., B...>(), rest...);
}
inline constexpr mistakes<> no_mistake;
template <class... Found>
consteval bool is_right(mistakes<Found...>) {
  return sizeof...(Found) == 0;
}

/// A mistake in a type, whose store and field are not known yet.
template <template <class, class, class> class Mistake, class Type>
struct in_type {
  template <class Store, class Where>
  using at = Mistake<Store, Where, Type>;
};
template <template <class, class, class> class Mistake, class Type>
inline constexpr mistakes<in_type<Mistake, Type>> one;
/// A mistake whose field is known.
template <class Found, class Field>
struct in_field {
  template <class Store, class>
  using at = typename Found::template at<Store, Field>;
};
/// A mistake about the field's name.
template <template <class, class> class Mistake>
struct in_name {
  template <class Store, class Where>
  using at = Mistake<Store, Where>;
};

/// The mistakes in the type of a field, with the field added.
template <class Field, class... Found>
consteval mistakes<in_field<Found, Field>...> locate(mistakes<Found...>) {
  return {};
}
/// The mistakes, with everything that they name.
template <class Store, class Where, class... Found>
consteval mistakes<typename Found::template at<Store, Where>...> name(mistakes<Found...>) {
  return {};
}

/// Fails to compile with the messages of all mistakes in the list.
template <class... Mistake>
consteval bool tell(mistakes<Mistake...>) {
  const bool told[] = {true, sizeof(Mistake) != 0 ...};
  return told[0];
}

}  // namespace musubi::detail
