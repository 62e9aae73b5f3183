#pragma once
/// Finds the children in a State by its type; fields that cannot contain any are skipped at compile
/// time.

#include <musubi/schema/codec_record.hpp>
#include <musubi/store/child/child.hpp>
#include <musubi/store/internal/store_path.hpp>

namespace musubi::detail {

template <class T>
consteval bool holds_child();

template <class Store, std::size_t N, place P>
struct mistakes_in<child<Store, N>, P> {
  static consteval auto find() {
    if constexpr (of_state(P)) {
      return no_mistake;  // mistakes in that store are reported for that store
    } else if constexpr (P == place::chosen) {
      return one<mistake::not_in_an_alternative, child<Store, N>>;
    } else {
      return one<mistake::child_outside_of_state, child<Store, N>>;
    }
  }
};

/// Types in which a State can contain children.
template <class T>
struct holder {
  static constexpr bool value = false;
};
template <class Store, std::size_t N>
struct holder<child<Store, N>> {
  static constexpr bool value = true;
};
template <class T>
struct holder<std::optional<T>> {
  static constexpr bool value = holds_child<T>();
};
template <class T, std::size_t N>
struct holder<list<T, N>> {
  static constexpr bool value = holds_child<T>();
};
template <class T, std::size_t N>
struct holder<std::array<T, N>> {
  static constexpr bool value = holds_child<T>();
};
template <class K, class V, std::size_t N>
struct holder<dict<K, V, N>> {
  static constexpr bool value = holds_child<V>();
};
template <class Refs>
struct any_holds_child;
template <class... Field>
struct any_holds_child<field_refs<Field...>> {
  static constexpr bool value = (holds_child<std::remove_const_t<Field>>() || ...);
};
template <class T>
requires(codec<T>::is_record) struct holder<T> {
  static constexpr bool value =
      any_holds_child<decltype(tie_fields(std::declval<const T&>()))>::value;
};

template <class T>
consteval bool holds_child() {
  return holder<T>::value;
}

/// Calls `use(child)` for every child in `value`, in the order of its fields, until a call returns
/// false; `path` is the store_id so far (contract section 5.4). Returns false then, or when a
/// store_id is too long.
template <class T, class Use>
bool each_placement(const T& value, store_path& path, Use&& use);

/// For a value under a key, which is not part of the store_id of a child.
template <class T, class Use>
bool each_placement_under(std::string_view key, const T& value, store_path& path, Use&& use) {
  if constexpr (is_child<T>) {
    return use(value);
  } else if constexpr (is_optional<T>) {
    return !value || each_placement_under(key, *value, path, use);
  } else {
    const std::size_t mark = path.mark();
    if (!path.push(key)) return false;
    const bool done = each_placement(value, path, use);
    path.pop(mark);
    return done;
  }
}

template <std::size_t Index, class T, class Use>
bool each_placement_in_field(const T& object, store_path& path, Use&& use) {
  if constexpr (holds_child<field_type<decltype(tie_fields(object)), Index>>()) {
    return each_placement_under(field_name<T, Index>(), field_at<Index>(tie_fields(object)), path,
                                use);
  } else {
    return true;
  }
}

template <class T, std::size_t... I, class Use>
bool each_placement_in_fields(const T& object, store_path& path, Use&& use,
                              std::index_sequence<I...>) {
  return (each_placement_in_field<I>(object, path, use) && ...);
}

template <class T>
inline constexpr bool is_dict = false;
template <class K, class V, std::size_t N>
inline constexpr bool is_dict<dict<K, V, N>> = true;

template <class T, class Use>
bool each_placement(const T& value, store_path& path, Use&& use) {
  if constexpr (is_child<T>) {
    return use(value);
  } else if constexpr (is_optional<T>) {
    return !value || each_placement(*value, path, use);
  } else if constexpr (is_dict<T>) {
    const bool keyed = path.keyed();
    path.set_keyed(true);
    for (const auto& entry : value) {
      if (!each_placement_under(entry.key.view(), entry.value, path, use)) return false;
    }
    path.set_keyed(keyed);
    return true;
  } else if constexpr (requires { typename T::value_type; }) {
    for (const auto& item : value) {
      if (!each_placement(item, path, use)) return false;
    }
    return true;
  } else {
    return each_placement_in_fields(value, path, use, std::make_index_sequence<field_count<T>()>{});
  }
}

}  // namespace musubi::detail
