#pragma once
/// Finds the mistakes in what is said of fields.

#include <musubi/mistake/field.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/schema/mistakes.hpp>
#include <musubi/schema/notes_of_fields.hpp>

namespace musubi::detail {

template <class Class, class... Member>
std::type_identity<Class> class_of(const field_remarks<Class, Member...>&);  // never defined

template <class T>
concept remarks_on_others = makes_remarks<T> &&
    !std::is_same_v<decltype(detail::class_of(T::about)), std::type_identity<T>>;

/// The mistakes in the list as a whole.
template <class T>
consteval auto mistakes_of_remarks() {
  if constexpr (makes_remarks<T> && lists_fields<T>) {
    return one<mistake::remarks_beside_fields, T>;
  } else if constexpr (remarks_on_others<T>) {
    return one<mistake::remarks_on_another_struct, T>;
  } else {
    return no_mistake;
  }
}

template <class T, std::size_t Index>
consteval remarks_found all_remarks_on() {
  if constexpr (makes_remarks<T>) {
    return remarks_on<T, Index>();
  } else {
    return {};
  }
}

template <class T>
concept single_value = wire_number<T> || std::same_as<T, bool> || std::is_enum_v<T> || is_text<T>;

template <class Field>
consteval bool has_right_range(const field_notes& said) {
  if constexpr (wire_number<Field>) {
    return is_right_range<Field>(said);
  } else {
    return true;
  }
}

/// The words of Home Assistant, which refuses a sensor with any other.
consteval bool is_state_class(std::string_view said) {
  return said.empty() || said == "measurement" || said == "measurement_angle" || said == "total" ||
         said == "total_increasing";
}

/// The mistakes in what is said of one field.
template <class T, std::size_t Index>
consteval auto mistakes_of_notes() {
  if constexpr (!makes_remarks<T> && !lists_fields<T>) {
    return no_mistake;
  } else {
    using field =
        typename plain_of<field_type<decltype(tie_fields(std::declval<const T&>())), Index>>::type;
    constexpr field_notes said = notes_of<T, Index>();
    constexpr remarks_found remarks = all_remarks_on<T, Index>();
    if constexpr (remarks.count > 1) {
      return mistakes<in_name<mistake::field_remarked_twice>>();
    } else if constexpr (remarks.is_named) {
      return mistakes<in_name<mistake::renamed_in_remarks>>();
    } else if constexpr (!said.unit.empty() && !wire_number<field>) {
      return mistakes<in_name<mistake::unit_of_no_number>>();
    } else if constexpr ((said.has_range || said.step != 0) && !wire_number<field>) {
      return mistakes<in_name<mistake::range_of_no_number>>();
    } else if constexpr (!has_right_range<field>(said)) {
      return mistakes<in_name<mistake::awkward_range>>();
    } else if constexpr (!said.device_class.empty() && !single_value<field>) {
      return mistakes<in_name<mistake::device_class_of_no_value>>();
    } else if constexpr (!said.state_class.empty() && !wire_number<field>) {
      return mistakes<in_name<mistake::state_class_of_no_number>>();
    } else if constexpr (!is_state_class(said.state_class)) {
      return mistakes<in_name<mistake::unknown_state_class>>();
    } else {
      return no_mistake;
    }
  }
}

}  // namespace musubi::detail
