#pragma once
/// Finds the mistakes in a variant: alternatives that are no structs, or cannot be told apart.

#include <musubi/mistake/field.hpp>

#include <tuple>
#include <utility>

#include <musubi/schema/alternatives.hpp>
#include <musubi/schema/mistakes_of_fields.hpp>

namespace musubi::detail {

/// `std::monostate`, recognised without its header.
template <class T>
consteval bool is_monostate() {
  return type_name<T>() == "monostate" &&
         type_signature<T>().find("std::") != std::string_view::npos;
}

/// A mistake in an alternative of a variant.
template <template <class, class, class, class> class Mistake, class Variant, class Alternative>
struct in_alternative {
  template <class Store, class Where>
  using at = Mistake<Store, Where, Variant, Alternative>;
};
/// Two alternatives that cannot be told apart.
template <class Variant, class Alternative, class Other>
struct in_keys {
  template <class Store, class Where>
  using at = mistake::alternatives_with_the_same_keys<Store, Where, Variant, Alternative, Other>;
};
template <class Variant, class Alternative, class Other, std::size_t Index>
struct in_tag {
  template <class Store, class>
  using at = mistake::alternatives_with_one_tag<Store, where<Alternative, Index>, Variant,
                                                Alternative, Other>;
};

/// The place of what an alternative holds.
constexpr place chosen(place where) {
  return of_state(where) ? place::chosen : where;
}

template <class Variant, class T, place P>
consteval auto mistakes_of_alternative() {
  if constexpr (is_monostate<T>()) {
    return mistakes<in_alternative<mistake::alternative_that_is_nothing, Variant, T>>();
  } else if constexpr (std::is_class_v<T> && has_no_wire_form<T>()) {
    return mistake_of_type<T>();
  } else if constexpr (requires { codec<T>::is_record; }) {
    return mistakes_of_value<T, P>();
  } else {
    return mistakes<in_alternative<mistake::alternative_that_is_no_struct, Variant, T>>();
  }
}

/// The mistakes in a `Variant` of structs `T`, of which each is right.
template <class Variant, class... T>
class mistakes_of_choice {
  template <std::size_t Index>
  using at = typename std::tuple_element_t<Index, std::tuple<std::type_identity<T>...>>::type;

 public:
  static consteval auto find() {
    constexpr std::string_view tag = tag_of<T...>;
    if constexpr (!tag.empty()) {
      constexpr auto& tags = tags_of_each<T...>;
      if constexpr (constexpr std::size_t again = first_repeated(tags); again != tags.size()) {
        using one = at<first_same(tags, again)>;
        return mistakes<in_tag<Variant, one, at<again>, index_of_name<one>(tag)>>();
      } else {
        return no_mistake;
      }
    } else {
      constexpr auto& keys = keys_of_each<T...>;
      if constexpr (constexpr std::size_t again = first_repeated(keys); again != keys.size()) {
        return mistakes<in_keys<Variant, at<first_same(keys, again)>, at<again>>>();
      } else {
        return no_mistake;
      }
    }
  }
};

template <template <class...> class Variant, class... T, place P>
requires chooses<Variant<T...>>
struct mistakes_in<Variant<T...>, P> {
  static consteval auto find() {
    constexpr auto each = detail::join(mistakes_of_alternative<Variant<T...>, T, chosen(P)>()...);
    if constexpr (!detail::is_right(each)) {
      return each;
    } else if constexpr (of_state(P) && !movable<Variant<T...>>) {
      return one<mistake::unmovable_field, Variant<T...>>;
    } else {
      return mistakes_of_choice<Variant<T...>, T...>::find();
    }
  }
};

/// Whether a variant can be written, compared and read, for codecs that are used directly.
template <class Variant>
inline constexpr bool right_variant =
    detail::tell(detail::name<Variant, Variant>(mistakes_in<Variant, place::state>::find()));

}  // namespace musubi::detail
