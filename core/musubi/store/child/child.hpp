#pragma once
/// A child store's place in the State of the store that owns it (contract sections 5.4, 5.5).
///
///     struct State {
///       musubi::child<header> header;
///       musubi::list<musubi::child<line>, 16> lines;
///       std::optional<musubi::child<dialog>> open_dialog;
///     };
///     State render(const musubi::context&) const {
///       return {.header = {"header", {.user = user}}, ...};
///     }
///
/// `render` only states which child belongs there and with which props. The page owns the child's
/// store: it mounts it when its id is new, calls `update` when the props differ from the previous
/// ones, and destroys it when a render no longer places it.

#include <musubi/mistake/store.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <musubi/memory/text.hpp>
#include <musubi/schema/type_key.hpp>
#include <musubi/store/internal/store_path.hpp>

namespace musubi {

class child_node;
class node;

struct no_props {};

namespace detail {

template <class Store>
struct props_of {
  using type = no_props;
};
template <class Store>
requires requires {
  typename Store::Props;
}
struct props_of<Store> {
  using type = typename Store::Props;
};

template <class Store>
concept complete_class = std::is_class_v<Store> && requires {
  sizeof(Store);
};
template <class Store>
inline constexpr bool right_child = [] {
  if constexpr (complete_class<Store>) {
    return true;
  } else {
    return sizeof(mistake::child_that_is_no_store<Store>) != 0;
  }
}();

/// The place of a mounted child among the stores of its page.
struct child_place {
  child_place(std::string_view store_id, const char* type_of_store, node* owned_by) noexcept
      : path(store_id),
        type(type_of_store),
        owner(owned_by),
        depth(static_cast<std::uint16_t>(detail::depth(store_id))) {}

  std::string_view path;  ///< its store_id, as JSON text without the brackets
  const char* type;       ///< `type_key` of the store
  node* owner;            ///< the store that places it
  child_node* first_child = nullptr;
  child_node* next = nullptr;            ///< child of the same owner
  child_node* next_in_bucket = nullptr;  ///< of the index of store_ids
  child_node* next_changed = nullptr;    ///< to be rendered
  child_node* next_rendered = nullptr;   ///< in this cycle
  child_place* touched = nullptr;        ///< its children that are `rendered` or have one `below`
  child_place* next_touched = nullptr;   ///< of the same owner, with a lesser offset
  std::uint32_t hash = 0;                ///< of the path
  std::uint32_t offset = 0;              ///< of its `child` in the State of its owner, in bytes
  std::uint16_t depth;                   ///< segments of its path
  bool changed = false;                  ///< since it was rendered last
  bool queued = false;                   ///< among those to be rendered
  bool placed_mark = false;              ///< as its owner's `scan_mark` once the scan has placed it
  bool scan_mark = false;                ///< turned over by each scan of its State
  bool fresh = true;                     ///< mounted in this cycle
  bool removed = false;                  ///< no longer placed
  bool rendered = false;                 ///< in this cycle
  bool below = false;                    ///< one of its descendants was, in this cycle
};

/// Its State: as sent to the client, and as rendered in this cycle.
template <class Store>
struct placed : child_place {
  using State = typename Store::State;
  placed(std::string_view store_id, node* owned_by) noexcept
      : child_place(store_id, &type_key<Store>, owned_by) {}

  /// As sent to the client. Not valid for a child that was mounted in this cycle.
  [[nodiscard]] const State& sent() const noexcept { return *states[current]; }
  [[nodiscard]] const State* sent_or_null() const noexcept {
    return states[current] ? &*states[current] : nullptr;
  }
  /// As rendered last.
  [[nodiscard]] const State& latest() const noexcept {
    return *states[rendered ? 1 - current : current];
  }

  std::optional<State> states[2];
  unsigned char current = 0;
};

/// The id of a child among the children of one field. Unlike `text`, its unused bytes are zero, so
/// that two are compared without a loop.
template <std::size_t N>
class child_id {
 public:
  child_id() noexcept = default;
  explicit child_id(std::string_view id) noexcept : size_(static_cast<count_type<N>>(id.size())) {
    for (std::size_t i = 0; i < id.size(); ++i) bytes_[i] = id[i];
  }
  /// In decimal; empty if that does not fit.
  template <std::integral Number>
  explicit child_id(Number number) noexcept {
    const bool negative = number < 0;
    std::size_t size = negative ? 2 : 1;
    for (Number rest = number; (rest = static_cast<Number>(rest / 10)) != 0;) ++size;
    if (size > N) return;
    size_ = static_cast<count_type<N>>(size);
    do {
      const int digit = static_cast<int>(number % 10);
      bytes_[--size] = static_cast<char>('0' + (negative ? -digit : digit));
      number = static_cast<Number>(number / 10);
    } while (number != 0);
    if (negative) bytes_[0] = '-';
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }
  friend bool operator==(const child_id& a, const child_id& b) noexcept {
    return a.size_ == b.size_ && std::memcmp(a.bytes_, b.bytes_, N) == 0;
  }

 private:
  count_type<N> size_ = 0;
  char bytes_[N] = {};
};

}  // namespace detail

/// A `Store` placed in another store's State. Its id has at most `IdBytes` bytes and must be unique
/// among the children that the owner places in the same field.
template <class Store, std::size_t IdBytes = 15>
class child {
  static_assert(detail::right_child<Store>);

 public:
  using store_type = Store;
  using Props = typename detail::props_of<Store>::type;

  /// Empty: must be assigned before `render` returns.
  child() noexcept = default;
  child(const text<IdBytes>& id, Props props = {}) noexcept
      : id_(id.view()), props_(std::move(props)) {}
  template <std::size_t M>
  requires(M - 1 <= IdBytes) child(const char (&id)[M], Props props = {})
  noexcept : id_(std::string_view(id, M - 1)), props_(std::move(props)) {}
  template <std::size_t M>
  requires(M < IdBytes) child(const text<M>& id, Props props = {})
  noexcept : id_(id.view()), props_(std::move(props)) {}
  /// Uses the number, in decimal, as the id.
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>)
      child(Number id, Props props = {})
  noexcept : id_(id), props_(std::move(props)) {}

  [[nodiscard]] std::string_view id() const noexcept { return id_.view(); }
  [[nodiscard]] const Props& props() const noexcept { return props_; }
  [[nodiscard]] bool same_id(const child& other) const noexcept { return id_ == other.id_; }

  /// The child's store; null until the page has resolved it. For the library.
  [[nodiscard]] const detail::placed<Store>* at() const noexcept { return at_; }
  void resolved(const detail::placed<Store>& at) const noexcept { at_ = &at; }

 private:
  detail::child_id<IdBytes> id_;
  [[no_unique_address]] Props props_{};
  mutable const detail::placed<Store>* at_ = nullptr;  // set by the page after `render`
};

namespace detail {

template <class T>
inline constexpr bool is_child = false;
template <class Store, std::size_t N>
inline constexpr bool is_child<child<Store, N>> = true;

}  // namespace detail
}  // namespace musubi
