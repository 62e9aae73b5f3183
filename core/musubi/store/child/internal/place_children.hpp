#pragma once
/// Finds, mounts and updates the children that a State places.

#include <musubi/store/child/internal/children.hpp>
#include <musubi/store/child/internal/node_tree.hpp>

namespace musubi::detail {

/// A mounted child `Store`: `store_node.hpp`.
template <class Store>
struct child_node_of;

/// A child that does not stand where it stood before: it is new, or has moved.
template <class Store, std::size_t IdBytes>
[[gnu::noinline]] bool place_elsewhere(placement_scan& scan, const child<Store, IdBytes>& placement,
                                       store_path& path) {
  using made = typename child_node_of<Store>::type;
  node_tree& tree = scan.tree();
  if (placement.id().empty()) return tree.fails(fail("a child is missing its id"));
  // next to the same one, in the common case: then no store_id is put together
  auto* at = static_cast<made*>(scan.next(path.view(), placement.id(), &type_key<Store>));
  if (at == nullptr) {
    const std::size_t mark = path.mark();
    if (!path.push(placement.id())) return tree.fails(exhausted("store_id_bytes"));
    at = static_cast<made*>(scan.match(path.view(), &type_key<Store>));
    if (at == nullptr) {
      void* memory = scan.allocate(sizeof(made), path.view());
      if (memory == nullptr) return false;
      const std::string_view store_id(static_cast<char*>(memory) + sizeof(made),
                                      path.view().size());
      at = new (memory) made(scan.owner(), store_id, placement.props());
      scan.add(*at, &placement);
      if (!at->mount(path)) return false;
      placement.resolved(at->placed());
      path.pop(mark);
      return true;
    }
    path.pop(mark);
  }
  placement.resolved(at->placed());
  return scan.take(*at, &placement) && at->update(placement.props(), path, placement.id());
}

template <class Store, std::size_t IdBytes>
bool place_child(placement_scan& scan, const child<Store, IdBytes>& placement, store_path& path) {
  child_node* const known = path.keyed() ? nullptr : scan.unmoved(placement);
  if (known == nullptr) return place_elsewhere(scan, placement, path);
  auto& at = static_cast<typename child_node_of<Store>::type&>(*known);
  placement.resolved(at.placed());
  return scan.take(at, &placement) && at.update(placement.props(), path, placement.id());
}

/// Finds, mounts, updates and renders the children that `state` places; destroys the others.
/// `before` is the State that placed the present ones, null when there are none. False with the
/// reason in the tree's `failure`.
template <class State>
bool place_children(node& owner, const State& state, const State* before, store_path& path) {
  if constexpr (!holds_child<State>()) {
    return true;
  } else {
    node_tree& tree = *owner.on_page().tree();
    placement_scan scan(tree, owner, &state, before);
    const bool done = each_placement(
        state, path, [&](const auto& placement) { return place_child(scan, placement, path); });
    if (!done) return tree.failure().ok() ? tree.fails(exhausted("store_id_bytes")) : false;
    scan.finish();
    return true;
  }
}

}  // namespace musubi::detail
