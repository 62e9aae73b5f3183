#pragma once
/// Finds the struct of a store by where it stands in the text of its root's state. Its store_id
/// alone does not tell it: the key of a child that stands alone is not part of it (contract
/// section 5.4).

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/json/internal/reader.hpp>
#include <musubi/remote/internal/store_ids.hpp>
#include <musubi/schema/field_names.hpp>
#include <musubi/store/child/internal/codec_child.hpp>
#include <musubi/store/internal/store_features.hpp>

namespace musubi::detail {

/// Looks for the store with this store_id where a State may hold one of those that `Wanted` has a
/// value for, other than 0. Calls `use.template operator()<Store>()` when it is found, and returns
/// whether it was.
template <template <class> class Wanted, class Use>
class child_places {
 public:
  child_places(std::string_view store_id, Use& use) noexcept : store_id_(store_id), use_(use) {}

  /// `text` is a `T` as the server wrote it.
  template <class T>
  bool in(std::string_view text) const noexcept {
    if constexpr (greatest_beneath<Wanted, T>::value == 0) {
      return false;
    } else if constexpr (is_child<T>) {
      return in_child<typename T::store_type>(text);
    } else if constexpr (is_dict<T>) {
      return in_members<typename T::mapped_type>(text);
    } else if constexpr (is_optional<T>) {
      return in<typename T::value_type>(text);
    } else if constexpr (requires { typename T::value_type; }) {
      return in_elements<typename T::value_type>(text);
    } else {
      return in_fields<T>(text, std::make_index_sequence<field_count<T>()>());
    }
  }

 private:
  template <class Store>
  bool in_child(std::string_view text) const noexcept {
    switch (kinship_of(store_id_in(text), store_id_)) {
      case kinship::same:
        use_.template operator()<Store>();
        return true;
      case kinship::above:
        return in<typename Store::State>(text);
      case kinship::other:
        break;
    }
    return false;
  }
  template <class T>
  bool in_members(std::string_view text) const noexcept {
    bool found = false;
    json::reader from(text);
    (void)from.members([&](const json::string_token&) noexcept {
      found = in<T>(from.raw());
      return !found;
    });
    return found;
  }
  template <class T>
  bool in_elements(std::string_view text) const noexcept {
    bool found = false;
    json::reader from(text);
    (void)from.elements([&]() noexcept {
      const std::string_view element = from.raw();
      found = in<T>(element);
      return !found && !element.empty();
    });
    return found;
  }
  template <class T, std::size_t... I>
  bool in_fields(std::string_view text, std::index_sequence<I...>) const noexcept {
    using fields = decltype(tie_fields(std::declval<const T&>()));
    bool found = false;
    json::reader from(text);
    (void)from.members([&](const json::string_token& key) noexcept {
      const std::string_view value = from.raw();
      found =
          ((key == field_name<T, I>() && in<std::remove_const_t<field_type<fields, I>>>(value)) ||
           ...);
      return !found && !value.empty();
    });
    return found;
  }

  std::string_view store_id_;
  Use& use_;
};

}  // namespace musubi::detail
