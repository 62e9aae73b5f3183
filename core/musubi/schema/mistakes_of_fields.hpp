#pragma once
/// Finds the mistakes in a type that is sent or received, without causing a hard error, so that the
/// message with the names of store and field comes first.

#include <musubi/mistake/field.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/schema/codec_containers.hpp>
#include <musubi/schema/fields.hpp>
#include <musubi/schema/mistake_of_type.hpp>
#include <musubi/schema/mistakes_of_enums.hpp>
#include <musubi/schema/mistakes_of_notes.hpp>
#include <musubi/schema/where.hpp>

namespace musubi::detail {

/// Where a type is used, which decides what it may contain.
enum class place : unsigned char {
  state,     ///< in a State, which may contain children, streams and async values
  element,   ///< in a container of a State, which may contain the same except for streams
  chosen,    ///< in a variant of a State, which may contain none of these
  sent,      ///< sent once: a reply, an event, an item of a stream
  received,  ///< sent by a browser: a command, mount params
};
constexpr bool of_state(place where) {
  return where == place::state || where == place::element;
}
/// The place of a container's elements.
constexpr place inside(place where) {
  return where == place::state ? place::element : where;
}

template <class T, place P>
consteval auto mistakes_of_value();

template <class T>
concept readable = requires(json::reader& from, T& into, decode_error& error) {
  codec<T>::read(from, into, error);
};
template <class T>
concept movable = std::is_move_constructible_v<T> && std::is_move_assignable_v<T>;

/// The mistakes in a type that is neither an enum nor a struct, but has a codec. Specialised for
/// types that are allowed only in some places.
template <class T, place P>
struct mistakes_in {
  static consteval auto find() {
    if constexpr (P == place::received && !readable<T>) {
      return one<mistake::unreadable_field, T>;
    } else if constexpr (of_state(P) && !movable<T>) {
      return one<mistake::unmovable_field, T>;
    } else {
      return no_mistake;
    }
  }
};
template <class T, place P>
struct mistakes_in<std::optional<T>, P> {
  static consteval auto find() {
    if constexpr (is_optional<T>) {
      return one<mistake::optional_in_optional, std::optional<T>>;
    } else {
      return mistakes_of_value<T, inside(P)>();
    }
  }
};
template <class T, std::size_t N, place P>
struct mistakes_in<list<T, N>, P> {
  static consteval auto find() { return mistakes_of_value<T, inside(P)>(); }
};
template <class T, std::size_t N, place P>
struct mistakes_in<std::array<T, N>, P> {
  static consteval auto find() { return mistakes_of_value<T, inside(P)>(); }
};
template <class K, class V, std::size_t N, place P>
struct mistakes_in<dict<K, V, N>, P> {
  static consteval auto find() {
    if constexpr (is_text<K>) {
      return mistakes_of_value<V, inside(P)>();
    } else {
      return one<mistake::key_without_text, dict<K, V, N>>;
    }
  }
};
// --- structs ---

/// A struct with bit-fields, and the fields next to the first of them.
template <class Struct, class... Beside>
struct in_bits {
  template <class Store, class Where>
  using at = mistake::bit_field<Store, Where, Struct, Beside...>;
};

/// A field that has an address: not a bit-field.
template <class T, std::size_t Index, bool Defined = false>
concept addressable = requires {
  typename name_of<T, field_address<T, Index, Defined>()>;
};
/// Whether the struct can be constructed and inspected at compile time.
template <class T>
concept constant_made = requires {
  typename std::bool_constant<(T{}, true)>;
};

template <class T>
consteval auto bit_fields_of() {
  if constexpr (constant_made<T>) {
    constexpr std::size_t first = []<std::size_t... I>(std::index_sequence<I...>) {
      std::size_t at = 0;
      (void)((addressable<T, I, true> && (++at, true)) && ...);
      return at;
    }
    (std::make_index_sequence<layout_of<T>.count>{});
    constexpr std::size_t next = first + 1;
    if constexpr (first > 0 && next < layout_of<T>.count) {
      if constexpr (addressable<T, next, true>) {
        return mistakes<in_bits<T, where<T, first - 1, true>, where<T, next, true>>>();
      } else {
        return mistakes<in_bits<T, where<T, first - 1, true>>>();
      }
    } else if constexpr (first > 0) {
      return mistakes<in_bits<T, where<T, first - 1, true>>>();
    } else if constexpr (next < layout_of<T>.count) {
      if constexpr (addressable<T, next, true>) {
        return mistakes<in_bits<T, where<T, next, true>>>();
      } else {
        return mistakes<in_bits<T>>();
      }
    } else {
      return mistakes<in_bits<T>>();
    }
  } else {
    return mistakes<in_bits<T>>();
  }
}

/// The type of a field, const if that was declared.
template <class T, std::size_t Index>
using declared_type = typename decltype(type_at<Index>(tie_fields(std::declval<T&>())))::type;

template <class T, std::size_t Index>
consteval auto mistakes_of_name() {
  constexpr std::string_view name = field_name<T, Index>();
  if constexpr (is_reserved_key(name)) {
    return mistakes<in_name<mistake::reserved_field_name>>();
  } else if constexpr (!plain_name(name)) {
    return mistakes<in_name<mistake::awkward_field_name>>();
  } else if constexpr (index_of_name<T>(name) != Index) {
    return mistakes<in_name<mistake::duplicate_field_name>>();
  } else {
    return no_mistake;
  }
}

template <class T, place P, std::size_t Index>
consteval auto mistakes_of_field() {
  using type = declared_type<T, Index>;
  if constexpr (P != place::sent && !std::is_same_v<type, std::remove_cv_t<type>>) {
    return one<mistake::const_field, type>;
  } else {
    return detail::join(mistakes_of_name<T, Index>(), mistakes_of_notes<T, Index>(),
                        mistakes_of_value<std::remove_cv_t<type>, P>());
  }
}

template <class T, place P>
consteval auto mistakes_of_each_field() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return detail::join(detail::locate<where<T, I>>(mistakes_of_field<T, P, I>())...);
  }
  (std::make_index_sequence<field_count<T>()>{});
}

template <class T, place P>
consteval auto mistakes_of_record() {
  if constexpr (!detail::is_right(mistakes_of_remarks<T>())) {
    return mistakes_of_remarks<T>();
  } else if constexpr (lists_fields<T>) {
    return mistakes_of_each_field<T, P>();
  } else {
    constexpr layout_kind kind = layout_of<T>.kind;
    if constexpr (kind == layout_kind::with_base) {
      return one<mistake::base_class, T>;
    } else if constexpr (kind == layout_kind::with_union) {
      return one<mistake::union_field, T>;
    } else if constexpr (kind == layout_kind::with_references) {
      return one<mistake::reference_field, T>;
    } else if constexpr (kind == layout_kind::too_long) {
      return one<mistake::too_many_fields, T>;
    } else if constexpr (kind == layout_kind::unknown) {
      return one<mistake::field_without_wire_form, T>;
    } else if constexpr (layout_of<T>.count == 0) {
      return no_mistake;
    } else if constexpr (!addressable<T, 0>) {
      // next to a bit-field or a reference, no address can be named; a reference cannot be assigned
      if constexpr (std::is_copy_assignable_v<T>) {
        return bit_fields_of<T>();
      } else {
        return one<mistake::reference_field, T>;
      }
    } else {
      return mistakes_of_each_field<T, P>();
    }
  }
}

template <class T>
consteval bool has_no_wire_form() {
  if constexpr (!std::is_object_v<T> || std::is_array_v<T> || !complete<T>) {
    return true;
  } else {
    return requires {
      codec<T>::missing;
    };
  }
}
/// The mistakes in any type; `T` has no const.
template <class T, place P>
consteval auto mistakes_of_value() {
  if constexpr (has_no_wire_form<T>()) {
    return mistake_of_type<T>();
  } else if constexpr (requires { codec<T>::is_record; }) {
    return mistakes_of_record<T, P>();
  } else if constexpr (requires { codec<T>::is_enum; }) {
    return mistakes_of_enum<T>();
  } else {
    return mistakes_in<T, P>::find();
  }
}

// --- a State ---

/// The members that every store has in a browser, which would hide a field of the same name.
constexpr bool is_proxy_member(std::string_view name) {
  return name == "snapshot" || name == "subscribe" || name == "dispatchCommand" ||
         name == "handleEvent";
}
template <class State, std::size_t Index>
consteval auto mistakes_of_proxy_name() {
  if constexpr (is_proxy_member(field_name<State, Index>())) {
    return mistakes<in_field<in_name<mistake::proxy_field_name>, where<State, Index>>>();
  } else {
    return no_mistake;
  }
}
template <class State>
consteval auto mistakes_of_state() {
  constexpr auto fields = mistakes_of_value<State, place::state>();
  if constexpr (!detail::is_right(fields)) {
    return fields;
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return detail::join(mistakes_of_proxy_name<State, I>()...);
    }
    (std::make_index_sequence<field_count<State>()>{});
  }
}

/// Whether a struct can be written and compared, for codecs that are used directly.
template <class T>
inline constexpr bool right_record =
    detail::tell(detail::name<T, T>(mistakes_of_record<T, place::state>()));

}  // namespace musubi::detail
