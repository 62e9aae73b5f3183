#pragma once
/// A mounted store: the typed half.

#include <musubi/mistake/all.hpp>

#include <musubi/store/child/internal/codec_child.hpp>
#include <musubi/store/child/internal/node_tree.hpp>
#include <musubi/store/child/internal/place_children.hpp>
#include <musubi/store/command/internal/command_runner.hpp>
#include <musubi/store/internal/context_functions.hpp>
#include <musubi/store/internal/store_calls.hpp>
#include <musubi/store/internal/store_features.hpp>

namespace musubi {

/// The common part of the root and children: the store, and the features that it declares. `Base`
/// is `root_node` or `child_node`.
template <class Store, class Base>
class store_node : public Base {
  using State = typename Store::State;
  using streams_type = detail::stream_table_of<State>;
  using hooks_type = detail::hooks_of<Store>;
  using upload_types = detail::upload_calls<store_node, Store>;

 public:
  static constexpr std::size_t hook_room = detail::hook_room<Store>();

  using Base::Base;

  [[nodiscard]] Store& store() noexcept { return store_; }
  [[nodiscard]] musubi::context& context() noexcept { return *this; }

  /// Calls `render`; `emplace` constructs the State from the call.
  template <class Emplace>
  State& render_into(Emplace&& emplace) {
    const observer& seen = this->page_->resources().observed;
    const stopwatch rendering(seen);
    State& made = emplace(
        [this] { return detail::call_render(store_, static_cast<const musubi::context&>(*this)); });
    detail::tell_render(seen, *this, Store::module, rendering);
    return made;
  }
  /// Runs the `after_render` hooks, which may change the rendered State.
  void run_render_hooks(State& state) {
    if constexpr (hook_room != 0) hooks_.rendered(state, context());
  }
  /// Runs the `after_serialize` hooks.
  void run_serialize_hooks(const State& state) {
    if constexpr (hook_room != 0) hooks_.sent(state, context());
  }
  /// Announces the store's uploads to the browser, after its initialisation.
  void announce_uploads() noexcept {
    if constexpr (detail::has_uploads<Store>) {
      this->page_->uploads()->announce(*this, upload_types::list);
    }
  }

  page::progress execute(const command_message& message) noexcept override {
    return detail::command_runner<Store, store_node>::run(*this->page_, *this, store_, message);
  }
  [[nodiscard]] void* store_as(const char* type) noexcept override {
    return type == &detail::type_key<Store> ? &store_ : nullptr;
  }
  [[nodiscard]] detail::stream_refs* streams() noexcept override {
    if constexpr (detail::stream_count<State>() != 0) {
      return &streams_;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] detail::hook_table* hooks() noexcept override {
    if constexpr (hook_room != 0) {
      return &hooks_;
    } else {
      return nullptr;
    }
  }
  [[nodiscard]] const detail::upload_list* uploads() const noexcept override {
    if constexpr (detail::has_uploads<Store>) {
      return &upload_types::list;
    } else {
      return nullptr;
    }
  }

 protected:
  ~store_node() = default;

 private:
  Store store_{};
  [[no_unique_address]] streams_type streams_;
  [[no_unique_address]] hooks_type hooks_;
};

/// A mounted child. It stores two States, as sent and as rendered, because the difference is
/// written when the whole tree has been rendered; the root stores one (`root_page`).
template <class Store>
class child_store final : public store_node<Store, child_node> {
  using base = store_node<Store, child_node>;
  using State = typename Store::State;
  using Props = typename detail::props_of<Store>::type;

 public:
  child_store(node& owner, std::string_view store_id, const Props& props) noexcept
      : base(owner.on_page(), &placed_), placed_(store_id, &owner), passed_(props) {}
  void destroy() noexcept override { this->~child_store(); }
  /// Its State, and its place.
  [[nodiscard]] const detail::placed<Store>& placed() const noexcept { return placed_; }

  /// Initialises the store and renders it for the first time.
  bool mount(store_path& where) {
    const status ready = detail::call_init(this->store(), passed_, this->context());
    if (!ready.ok()) return tree().fails(ready);
    this->announce_uploads();
    return render_at(where);
  }
  /// Handles that it is placed again, as `id` below `where`: contract section 5.5.
  bool update(const Props& props, store_path& where, std::string_view id) {
    if (!detail::same_value(props, passed_)) {
      passed_ = props;
      const status updated = detail::call_update(this->store(), passed_, this->context());
      if (!updated.ok()) return tree().fails(updated);
    } else if (!placed_.changed) {
      return true;
    }
    return render_below(where, id);
  }
  bool render() noexcept override {
    store_path where(placed_.path);
    bool done = false;
    const bool finished = detail::guarded([&] { done = render_at(where); });
    return finished ? done : tree().fails(musubi::fail("the store threw"));
  }
  void serialized() override { this->run_serialize_hooks(placed_.latest()); }
  void commit() noexcept override {
    placed_.states[placed_.current].reset();
    placed_.current = static_cast<unsigned char>(1 - placed_.current);
  }

 private:
  ~child_store() = default;
  [[nodiscard]] node_tree& tree() noexcept { return *this->page_->tree(); }

  [[gnu::noinline]] bool render_below(store_path& where, std::string_view id) {
    const std::size_t mark = where.mark();
    const bool done = where.push(id) && render_at(where);
    where.pop(mark);
    return done;
  }
  bool render_at(store_path& where) {
    State& next = this->render_into([this](auto&& call) -> State& {
      return placed_.states[1 - placed_.current].emplace(call());
    });
    tree().rendered(*this);
    const observer& seen = this->page_->resources().observed;
    const stopwatch resolving(seen);
    const bool done = detail::place_children(*this, next, placed_.sent_or_null(), where);
    if constexpr (detail::holds_child<State>()) {
      if (done) detail::tell_resolve(seen, *this, Store::module, resolving);
    }
    this->run_render_hooks(next);
    return done;
  }

  detail::placed<Store> placed_;
  Props passed_;
};

namespace detail {

template <class Store>
struct child_node_of {
  using type = child_store<Store>;
};

template <class Store>
struct node_bytes {
  static constexpr std::size_t value = sizeof(child_store<Store>);
};
/// The largest node that the page of this root may need, without its store_id.
template <class Store>
inline constexpr std::size_t largest_node =
    greatest_beneath<node_bytes, typename Store::State>::value;

}  // namespace detail
}  // namespace musubi
