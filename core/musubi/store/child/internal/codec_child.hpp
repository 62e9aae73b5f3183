#pragma once
/// The wire form of child stores, and the differences between two renders of a tree.

#include <musubi/store/child/internal/children.hpp>
#include <musubi/store/upload/uploads.hpp>

namespace musubi {

namespace detail {

inline constexpr std::string_view store_id_key = "__musubi_store_id__";

/// The wire form of a store: its State, with the store_id and its uploads as additional members.
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

/// The differences between two store_ids of the same length, from the end (contract section 6.3).
void diff_store_ids(operations& ops, const pointer& at, std::string_view before,
                    std::string_view after) noexcept;

/// The children of one store of which something was rendered, by where they stand in its State.
class touched_children {
 public:
  /// `state` is the State that placed them; `first` has the greatest offset.
  touched_children(const void* state, const child_place* first) noexcept
      : state_(static_cast<const char*>(state)), first_(first) {}

  /// Whether one stands in `part` of the State.
  template <class Part>
  [[nodiscard]] bool any_in(const Part& part) const noexcept {
    return first_in(first_, offset_of(&part), sizeof part) != nullptr;
  }
  /// Calls `use(index)` for those of `count` elements from `elements` on in which one stands, the
  /// last first.
  template <class Element, class Use>
  void each_in(const Element* elements, std::size_t count, Use&& use) const noexcept {
    const std::size_t begin = offset_of(elements);
    std::size_t bytes = count * sizeof(Element);
    const child_place* each = first_in(first_, begin, bytes);
    while (each != nullptr) {
      const std::size_t index = (each->offset - begin) / sizeof(Element);
      use(index);
      bytes = index * sizeof(Element);  // those of this element are done
      each = first_in(each->next_touched, begin, bytes);
    }
  }

 private:
  [[nodiscard]] std::size_t offset_of(const void* part) const noexcept {
    return static_cast<std::size_t>(static_cast<const char*>(part) - state_);
  }
  static const child_place* first_in(const child_place* from, std::size_t begin,
                                     std::size_t bytes) noexcept {
    while (from != nullptr && from->offset >= begin + bytes) from = from->next_touched;
    return from != nullptr && from->offset >= begin ? from : nullptr;
  }

  const char* state_;
  const child_place* first_;
};

template <class T>
void diff_below(operations& ops, const pointer& at, const T& value,
                const touched_children& children) noexcept;

template <class T, std::size_t Index>
void diff_below_field(operations& ops, const pointer& at, const T& object,
                      const touched_children& children) noexcept {
  const auto fields = tie_fields(object);
  if constexpr (holds_child<field_type<decltype(tie_fields(object)), Index>>()) {
    const auto& field = field_at<Index>(fields);
    if (children.any_in(field)) {
      diff_below(ops, at.member(field_name<T, Index>()), field, children);
    }
  }
}

/// What changed below a store that was not rendered itself: goes only where something was.
template <class T>
void diff_below(operations& ops, const pointer& at, const T& value,
                const touched_children& children) noexcept {
  if constexpr (is_child<T>) {
    codec<T>::differ(ops, at, value, value);
  } else if constexpr (is_optional<T>) {
    if (value) diff_below(ops, at, *value, children);
  } else if constexpr (is_dict<T>) {
    children.each_in(value.begin(), value.size(), [&](std::size_t i) noexcept {
      diff_below(ops, at.entry(value[i].key.view()), value[i].value, children);
    });
  } else if constexpr (requires { typename T::value_type; }) {
    children.each_in(value.begin(), value.size(), [&](std::size_t i) noexcept {
      diff_below(ops, at.element(i), value[i], children);
    });
  } else {
    [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      (diff_below_field<T, descending_fields<T>[I]>(ops, at, value, children), ...);
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
    if (!equal(before, after)) differ(ops, at, before, after);
  }
  /// The same for those that are not equal.
  [[gnu::noinline]] static void differ(operations& ops, const pointer& at, const type& before,
                                       const type& after) noexcept {
    const auto* a = before.at();
    const auto* b = after.at();
    if (a == b) {
      if (a->rendered) {
        codec<State>::diff(ops, at, a->sent(), a->latest());
      } else if constexpr (detail::holds_child<State>()) {
        if (a->below) {
          detail::diff_below(ops, at, a->sent(), detail::touched_children(&a->sent(), a->touched));
        }
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

  /// Takes the id, the last part of the store_id. The child's State is read where it is wanted, and
  /// its props never leave the server.
  static bool read(json::reader& from, type& into, decode_error& error) noexcept {
    static constexpr std::string_view names[] = {detail::store_id_key};
    std::string_view path[1];
    std::uint32_t twice = 0;
    if (!json::find_members(from, names, path, twice)) return error.expect(expected);
    json::string_token last;
    json::reader parts(path[0]);
    if (!parts.elements([&]() noexcept { return parts.string(last); })) {
      return error.expect(expected);
    }
    text<IdBytes> id;
    const std::size_t size = last.size();
    if (size == 0 || size > IdBytes) return error.expect(expected);
    id.resize_and_overwrite(size, [&](char* bytes) noexcept { (void)last.decode(bytes); });
    into = type(id);
    return true;
  }
};

}  // namespace musubi
