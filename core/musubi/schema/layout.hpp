#pragma once
/// Counts the members of an aggregate, and determines whether the library can access them. Never
/// fails to compile: `mistakes_of_fields` reports what is wrong.

#include <cstddef>
#include <type_traits>
#include <utility>

#include <musubi/schema/braces_taken.hpp>
#include <musubi/schema/type_name.hpp>
#include <musubi/schema/visit_fields.hpp>

namespace musubi::detail {

/// Converts to anything, so that the members of an aggregate can be counted by initialising them.
struct any_field {
  std::size_t index;
  /// Never called, but defined, because clang requires it for types of an unnamed namespace.
  template <class T>
  operator T() const&& noexcept {
    __builtin_unreachable();
  }
};
/// Converts to a reference to anything, for members that are references.
struct any_object {
  std::size_t index;
  template <class T>
  operator T&() const&& noexcept {
    __builtin_unreachable();
  }
};
/// Converts only to base classes of `T`.
template <class T>
struct any_base {
  template <class Base>
  requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>) operator Base()
      const&& noexcept {
    __builtin_unreachable();
  }
};
/// Whether `T` has no name, according to the compiler: "<unnamed union>", "(anonymous union at".
template <class T>
consteval bool is_unnamed() {
  return type_signature<T>().find("<unnamed union>") != std::string_view::npos ||
         type_signature<T>().find("(anonymous union at ") != std::string_view::npos ||
         type_signature<T>().find("(unnamed union at ") != std::string_view::npos;
}
/// Converts only to unions without a name.
struct any_unnamed_union {
  template <class T>
  requires(std::is_union_v<T>&& is_unnamed<T>()) operator T() const&& noexcept {
    __builtin_unreachable();
  }
};

template <class T, class Value, std::size_t... Index>
consteval bool takes(std::index_sequence<Index...>) {
  return requires {
    T{Value{Index}...};
  };
}
/// Whether `T` can be initialised with `{}` for the member after `Before`.
template <class T, std::size_t... Before, std::size_t... After>
consteval bool takes_braces(std::index_sequence<Before...>, std::index_sequence<After...>) {
  return requires {
    T{any_field{Before}..., {}, any_field{After}...};
  };
}
template <class T, std::size_t... Before>
consteval bool takes_unnamed_union(std::index_sequence<Before...>) {
  return requires {
    T{any_field{Before}..., any_unnamed_union{}};
  };
}

static_assert(max_fields + 1 == 33, "braces_taken looks at one more than there may be fields");
inline constexpr std::size_t uncounted = static_cast<std::size_t>(-1);

/// The most values with which `T` can be initialised, up to one more than the maximum number of
/// fields. The number of members, except that a C array takes one value per element. Searched from
/// below, with few values: too few are not enough when the next member has to be initialised, and
/// from the first number that is enough on, all are up to the one searched.
template <class T, class Value, std::size_t Count = 0, bool Enough = false>
consteval std::size_t values_taken() {
  if constexpr (Count > max_fields + 1) {
    return Enough ? Count - 1 : uncounted;
  } else if constexpr (takes<T, Value>(std::make_index_sequence<Count>{})) {
    return values_taken<T, Value, Count + 1, true>();
  } else if constexpr (Enough) {
    return Count - 1;
  } else {
    return values_taken<T, Value, Count + 1>();
  }
}

/// Whether one of `Values` values initialises an element of a C array: a pair of braces in its
/// place replaces more than one of them.
template <class T, std::size_t... At>
consteval bool holds_c_array(std::index_sequence<At...>) {
  return ((!takes_braces<T>(std::make_index_sequence<At>{},
                            std::make_index_sequence<sizeof...(At) - At - 1>{}) &&
           takes_braces<T>(std::make_index_sequence<At>{}, std::index_sequence<>{})) ||
          ...);
}
template <class T, std::size_t... At>
consteval bool holds_unnamed_union(std::index_sequence<At...>) {
  return (takes_unnamed_union<T>(std::make_index_sequence<At>{}) || ...);
}

enum class layout_kind : unsigned char {
  plain,
  with_base,        ///< it has a base class
  with_union,       ///< a member, or the first member of one, is a union without a name
  with_references,  ///< it takes references where it does not take values
  unknown,          ///< a member cannot be initialised
  too_long,
};
struct layout {
  layout_kind kind;
  std::size_t count;  ///< of members, if it is plain
};

/// Of an aggregate.
template <class T>
consteval layout find_layout() {
  if constexpr (requires { T{any_base<T>{}}; }) {
    return {layout_kind::with_base, 0};
  } else {
    constexpr std::size_t values = values_taken<T, any_field>();
    if constexpr (values == uncounted) {
      constexpr bool references = values_taken<T, any_object>() != uncounted;
      return {references ? layout_kind::with_references : layout_kind::unknown, 0};
    } else if constexpr (holds_unnamed_union<T>(std::make_index_sequence<values>{})) {
      return {layout_kind::with_union, 0};  // NOLINTNEXTLINE(bugprone-branch-clone): cheap first
    } else if constexpr (values <= max_fields && takes_so_many_braces<T, values>()) {
      return {layout_kind::plain, values};  // no C array: fewer braces would initialise it
    } else if constexpr (values > max_fields ||
                         holds_c_array<T>(std::make_index_sequence<values>{})) {
      constexpr std::size_t members = braces_taken<T>();
      return {members <= max_fields ? layout_kind::plain : layout_kind::too_long, members};
    } else {
      return {layout_kind::plain, values};
    }
  }
}
template <class T>
inline constexpr layout layout_of = find_layout<T>();

/// Number of members of the aggregate `T`; 0 if they cannot be accessed.
template <class T>
consteval std::size_t count_fields() {
  return layout_of<T>.kind == layout_kind::plain ? layout_of<T>.count : 0;
}

}  // namespace musubi::detail
