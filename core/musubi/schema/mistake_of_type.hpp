#pragma once
/// Chooses the message for a type without a codec by the kind of type, because the fix differs.

#include <musubi/mistake/field.hpp>

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/schema/codec.hpp>
#include <musubi/schema/mistakes.hpp>

namespace musubi {
template <class... Arguments>
class callback;
}

namespace musubi::detail {

template <class T>
inline constexpr bool is_callback = false;
template <class... Arguments>
inline constexpr bool is_callback<callback<Arguments...>> = true;

template <class T>
concept complete = requires {
  sizeof(T);
};
template <class T>
concept viewed_as_text = std::convertible_to<const T&, std::string_view>;
template <class T>
concept points = std::is_pointer_v<T> || std::is_member_pointer_v<T> || std::is_null_pointer_v<T> ||
    requires(const T& pointer) {
  typename T::element_type;
  pointer.get();
};
template <class T>
concept callable = std::is_function_v<std::remove_pointer_t<T>> ||
    std::is_member_function_pointer_v<T> || requires {
  typename T::result_type;
} || requires {
  &T::operator();
};
template <class T>
concept contains = requires(const T& values) {
  typename T::value_type;
  values.begin();
  values.end();
};
template <class T>
concept maps = contains<T> && requires {
  typename T::mapped_type;
};
template <class T>
concept counts_time = requires {
  typename T::rep;
  typename T::period;
}
|| requires {
  typename T::clock;
  typename T::duration;
};
template <class T>
concept synchronises = requires(T& object) {
  object.try_lock();
}
|| requires(const T& object) {
  object.is_lock_free();
};

template <class T>
consteval auto mistake_of_type() {
  using namespace mistake;
  if constexpr ((std::is_class_v<T> || std::is_union_v<T>)&&!complete<T>) {
    return one<incomplete_type, T>;
  } else if constexpr (std::integral<T> && sizeof(T) >= 8) {
    return one<wide_integer_field, T>;
  } else if constexpr (std::integral<T>) {
    return one<character_field, T>;
  } else if constexpr (std::floating_point<T>) {
    return one<long_double_field, T>;
  } else if constexpr (std::is_array_v<T>) {
    using element = std::remove_cv_t<std::remove_all_extents_t<T>>;
    if constexpr (std::same_as<element, char>) {
      return one<c_string_field, T>;
    } else {
      return one<c_array_field, T>;
    }
  } else if constexpr (is_callback<T>) {
    return one<callback_field, T>;
  } else if constexpr (callable<T>) {
    return one<function_field, T>;
  } else if constexpr (viewed_as_text<T>) {
    return one<string_field, T>;
  } else if constexpr (points<T>) {
    return one<pointer_field, T>;
  } else if constexpr (std::is_union_v<T>) {
    return one<union_field, T>;
  } else if constexpr (maps<T>) {
    return one<map_field, T>;
  } else if constexpr (contains<T>) {
    return one<container_field, T>;
  } else if constexpr (requires { std::tuple_size<T>::value; }) {
    return one<tuple_field, T>;
  } else if constexpr (counts_time<T>) {
    return one<time_field, T>;
  } else if constexpr (synchronises<T>) {
    return one<shared_field, T>;
  } else if constexpr (std::is_polymorphic_v<T>) {
    return one<virtual_functions, T>;
  } else if constexpr (std::is_class_v<T>) {
    return one<not_a_plain_struct, T>;
  } else {
    return one<field_without_wire_form, T>;
  }
}

}  // namespace musubi::detail
