#pragma once
/// The wire form of stores in stores: what differs between two renders of a tree.

#include <musubi/store/children.hpp>
#include <musubi/store/upload.hpp>

namespace musubi {

namespace detail {

inline constexpr std::string_view store_id_key = "__musubi_store_id__";

/// A store's node: its State, with the store_id and its uploads as further members.
template <class Store>
void write_store(json::writer& out, std::string_view path,
                 const typename Store::State& state) noexcept {
  out.raw("{\"__musubi_store_id__\":[");
  out.raw(path);
  out.raw(']');
  if constexpr (field_count<typename Store::State>() != 0) out.raw(',');
  write_fields(out, state);
  write_upload_markers(out, typename uploads_of<Store>::type{});
  out.raw('}');
}

/// What changed in two store_ids of one length, from the end (contract section 6.3).
void diff_store_ids(operations& ops, const pointer& at, std::string_view before,
                    std::string_view after) noexcept;

template <class T>
void diff_beneath(operations& ops, const pointer& at, const T& value) noexcept;

template <class T, std::size_t Index>
void diff_beneath_field(operations& ops, const pointer& at, const T& object) noexcept {
  const auto fields = tie_fields(object);
  if constexpr (holds_child<field_type<decltype(tie_fields(object)), Index>>()) {
    diff_beneath(ops, at.member(field_name<T, Index>()), std::get<Index>(fields));
  }
}

/// Whether `value` is a store of which nothing was rendered.
template <class T>
bool untouched(const T& value) noexcept {
  if constexpr (is_child<T>) {
    return !value.at()->rendered && !value.at()->below;
  } else {
    return false;
  }
}

/// What changed beneath stores that were not rendered themselves: goes only where something was.
template <class T>
void diff_beneath(operations& ops, const pointer& at, const T& value) noexcept {
  if constexpr (is_child<T>) {
    codec<T>::diff(ops, at, value, value);
  } else if constexpr (is_optional<T>) {
    if (value) diff_beneath(ops, at, *value);
  } else if constexpr (is_dict<T>) {
    for (std::size_t i = value.size(); i-- > 0;) {
      if (untouched(value[i].value)) continue;
      diff_beneath(ops, at.entry(value[i].key.view()), value[i].value);
    }
  } else if constexpr (requires { typename T::value_type; }) {
    for (std::size_t i = value.size(); i-- > 0;) {
      if (!untouched(value[i])) diff_beneath(ops, at.element(i), value[i]);
    }
  } else {
    [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      (diff_beneath_field<T, descending_fields<T>[I]>(ops, at, value), ...);
    }
    (std::make_index_sequence<field_count<T>()>{});
  }
}

}  // namespace detail

template <class Store, std::size_t IdBytes>
struct codec<child<Store, IdBytes>> {
  using type = child<Store, IdBytes>;
  using State = typename Store::State;
  static constexpr std::string_view expected = "store";

  static void write(json::writer& out, const type& value) noexcept {
    const auto* at = value.at();
    if (at == nullptr) return out.null();
    detail::write_store<Store>(out, at->path, at->latest());
  }
  static bool equal(const type& a, const type& b) noexcept {
    return a.at() == b.at() && (a.at() == nullptr || (!a.at()->rendered && !a.at()->below));
  }
  static void diff(operations& ops, const pointer& at, const type& before,
                   const type& after) noexcept {
    const auto* a = before.at();
    const auto* b = after.at();
    if (a == b) {
      if (a->rendered) {
        codec<State>::diff(ops, at, a->sent(), a->latest());
      } else if constexpr (detail::holds_child<State>()) {
        if (a->below) detail::diff_beneath(ops, at, a->sent());
      }
      return;
    }
    // another store stands here now: lists of children are compared index by index too
    constexpr std::size_t greater = [] {
      std::size_t count = 0;
      for (const std::string_view name : detail::field_names<State>) {
        if (name > detail::store_id_key) ++count;
      }
      return count;
    }();
    codec<State>::template diff_some<0, greater>(ops, at, a->sent(), b->latest());
    detail::diff_store_ids(ops, at.member(detail::store_id_key), a->path, b->path);
    codec<State>::template diff_some<greater, detail::field_count<State>() - greater>(
        ops, at, a->sent(), b->latest());
  }
};

}  // namespace musubi
