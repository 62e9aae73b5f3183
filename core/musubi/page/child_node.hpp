#pragma once
/// A mounted child store: the typed half.

#include <algorithm>

#include <musubi/page/command_runner.hpp>
#include <musubi/page/node_tree.hpp>
#include <musubi/page/store_calls.hpp>
#include <musubi/page/store_features.hpp>
#include <musubi/page/upload_table.hpp>
#include <musubi/store/codec_child.hpp>

namespace musubi {

namespace detail {

/// Finds, mounts, updates and renders the children that `state` places; destroys the others. False
/// with the reason in the tree's `failure`.
template <class State>
bool place_children(node_tree& tree, node* owner, const State& state, store_path& path);

}  // namespace detail

template <class Store>
class child_node final : public node, public detail::placed<Store> {
  using State = typename Store::State;
  using Props = typename detail::props_of<Store>::type;
  using streams = detail::stream_table_of<State>;
  using hook_list = detail::hooks_of<Store>;
  static constexpr std::size_t hook_room = detail::hook_room<Store>();
  using uploads = detail::upload_calls<child_node, Store>;

 public:
  child_node(node_tree& tree, node* owner, const Props& props, std::string_view store_id) noexcept
      : node(tree, owner, &detail::type_key<Store>, *this),
        detail::placed<Store>(store_id),
        passed_(props) {}
  void destroy() noexcept override { this->~child_node(); }

  /// Mounted and rendered for the first time.
  bool mount(store_path& where) {
    const status ready = detail::call_init(store_, passed_, static_cast<context&>(*this));
    if (!ready.ok()) return tree_->fails(ready);
    if constexpr (detail::has_uploads<Store>) {
      context::find<upload_table>()->announce(*this, uploads::list);
    }
    return render(where);
  }
  /// Places this child again, as `id` beneath `where`: contract section 5.5.
  bool place(const Props& props, store_path& where, std::string_view id) {
    if (!detail::same_value(props, passed_)) {
      passed_ = props;
      const status updated = detail::call_update(store_, passed_, static_cast<context&>(*this));
      if (!updated.ok()) return tree_->fails(updated);
    } else if (!is_changed()) {
      return true;
    }
    const std::size_t mark = where.mark();
    const bool done = where.push(id) && render(where);
    where.pop(mark);
    return done;
  }
  bool render() noexcept override {
    store_path where(this->path);
    bool done = false;
    const bool finished = detail::guarded([&] { done = render(where); });
    return finished ? done : tree_->fails(musubi::fail("the store threw"));
  }
  void serialized() override {
    if constexpr (hook_room != 0) hooks_.sent(this->latest(), static_cast<context&>(*this));
  }
  void commit() noexcept override {
    this->states[this->current].reset();
    this->current = static_cast<unsigned char>(1 - this->current);
  }
  [[nodiscard]] Store& store() noexcept { return store_; }
  page::progress execute(const command_message& message) noexcept override {
    return detail::command_runner<Store, child_node>::run(tree_->owner(), *this, store_, message);
  }

 private:
  ~child_node() = default;

  bool render(store_path& where) {
    const observer& seen = tree_->owner().resources().observed;
    const stopwatch rendering(seen);
    State& next = this->states[1 - this->current].emplace(
        detail::call_render(store_, static_cast<const context&>(*this)));
    detail::tell_render(seen, *this, Store::module, rendering);
    tree_->rendered(*this);
    const stopwatch resolving(seen);
    const bool done = detail::place_children(*tree_, this, next, where);
    if constexpr (detail::holds_child<State>()) {
      if (done) detail::tell_resolve(seen, *this, Store::module, resolving);
    }
    if constexpr (hook_room != 0) hooks_.rendered(next, static_cast<context&>(*this));
    return done;
  }
  void* find(const char* type) const noexcept override {
    if constexpr (detail::stream_count<State>() != 0) {
      if (type == &detail::type_key<detail::stream_refs>) {
        return static_cast<detail::stream_refs*>(const_cast<streams*>(&streams_));
      }
    }
    if constexpr (hook_room != 0) {
      if (type == &detail::type_key<detail::hook_table>) {
        return static_cast<detail::hook_table*>(const_cast<hook_list*>(&hooks_));
      }
    }
    if constexpr (detail::has_uploads<Store>) {
      if (type == &detail::type_key<detail::upload_list>) {
        return const_cast<detail::upload_list*>(&uploads::list);
      }
    }
    return node::find(type);
  }

  Store store_{};
  Props passed_;
  [[no_unique_address]] streams streams_;
  [[no_unique_address]] hook_list hooks_;
};

namespace detail {

template <class Store, std::size_t IdBytes>
bool place_child(placement_scan& scan, const child<Store, IdBytes>& placement, store_path& path) {
  node_tree& tree = scan.tree();
  if (placement.id().empty()) return tree.fails(fail("a child is missing its id"));
  // where it stood before, in the common case: then no store_id is put together
  auto* at =
      static_cast<child_node<Store>*>(scan.next(path.view(), placement.id(), &type_key<Store>));
  if (at == nullptr) {
    const std::size_t mark = path.mark();
    if (!path.push(placement.id())) return tree.fails(exhausted("store_id_bytes"));
    at = static_cast<child_node<Store>*>(scan.match(path.view(), &type_key<Store>));
    if (at == nullptr) {
      void* memory = scan.allocate(sizeof(child_node<Store>), path.view());
      if (memory == nullptr) return false;
      const std::string_view store_id(static_cast<char*>(memory) + sizeof(child_node<Store>),
                                      path.view().size());
      at = new (memory) child_node<Store>(tree, scan.owner(), placement.props(), store_id);
      scan.add(*at);
      if (!at->mount(path)) return false;
      placement.resolved(*at);
      path.pop(mark);
      return true;
    }
    path.pop(mark);
  }
  placement.resolved(*at);
  return scan.take(*at) && at->place(placement.props(), path, placement.id());
}

template <class State>
bool place_children(node_tree& tree, node* owner, const State& state, store_path& path) {
  if constexpr (!holds_child<State>()) {
    return true;
  } else {
    placement_scan scan(tree, owner);
    const bool done = each_placement(
        state, path, [&](const auto& placement) { return place_child(scan, placement, path); });
    if (!done) return tree.failure().ok() ? tree.fails(exhausted("store_id_bytes")) : false;
    scan.finish();
    return true;
  }
}

template <class Store>
struct node_bytes {
  static constexpr std::size_t value = sizeof(child_node<Store>);
};
/// The largest node that the page of this root may need, without its store_id.
template <class Store>
inline constexpr std::size_t largest_node =
    greatest_beneath<node_bytes, typename Store::State>::value;

}  // namespace detail
}  // namespace musubi
