#include <cstring>

#include <musubi/memory/slice.hpp>
#include <musubi/page/node_tree.hpp>

namespace musubi {

page::progress node_tree::execute(const command_message& message) noexcept {
  node* target = named_by(message.store_id);
  if (target != nullptr) return target->execute(message);
  page_->refuse(message.ref, "unknown store");
  return page::progress::rejected;
}

node* node_tree::named_by(std::string_view store_id) noexcept {
  // as JSON.stringify writes it, in the common case
  if (node* found = at(slice(store_id, 1, store_id.size() - 2))) return found;
  json::reader from(store_id);
  store_path path;
  const bool fits = from.elements([&]() noexcept {
    const auto segment = from.string();
    return segment && path.push(*segment);
  });
  return fits ? at(path.view()) : nullptr;
}

node_tree::~node_tree() {
  destroy_all(first_child_);
  destroy_all(removed_);
}

void node_tree::destroy_all(node* first) noexcept {
  while (node* next = first) {
    first = next->place.next;
    destroy(*next);
  }
}

void node_tree::destroy(node& gone) noexcept {
  destroy_all(gone.place.first_child);
  unqueue(gone);
  page_->forget(gone);
  gone.destroy();
  page_->resources().nodes->deallocate(&gone);
}

node* node_tree::search(node* first, std::string_view path, const node* except) noexcept {
  for (node* each = first; each != nullptr; each = each->place.next) {
    const std::string_view own = each->place.state->path;
    if (own.size() == path.size()) {
      // siblings differ in their ids, at the end: before the last quote
      const bool alike = own[own.size() - 2] == path[path.size() - 2];
      if (alike && each != except && own == path) return each;
    } else if (own.size() < path.size() && detail::is_within(path, own)) {
      if (node* below = search(each->place.first_child, path, except)) return below;
    }
  }
  return nullptr;
}

node* node_tree::at(std::string_view path) noexcept {
  return search(first_child_, path, nullptr);
}

void node_tree::queue(node& changed) noexcept {
  if (changed.place.queued) return;
  changed.place.queued = true;
  changed.place.next_changed = changed_;
  changed_ = &changed;
}

void node_tree::unqueue(node& gone) noexcept {
  if (!gone.place.queued) return;
  node** at = &changed_;
  while (*at != &gone) at = &(*at)->place.next_changed;
  *at = gone.place.next_changed;
}

node* node_tree::take_shallowest(node*& from) noexcept {
  node** best = &from;
  std::size_t least = detail::depth(from->place.state->path);
  for (node** each = &from->place.next_changed; *each != nullptr;
       each = &(*each)->place.next_changed) {
    const std::size_t depth = detail::depth((*each)->place.state->path);
    if (depth >= least) continue;
    best = each;
    least = depth;
  }
  node* taken = *best;
  *best = taken->place.next_changed;
  return taken;
}

bool node_tree::render_changed() noexcept {
  // who is in the batch stays `queued`: its link is not to be used for another list meanwhile
  node* batch = changed_;
  changed_ = nullptr;
  bool done = true;
  // owners before their children: what they render may settle the children's case
  while (batch != nullptr) {
    node& next = *take_shallowest(batch);
    next.place.queued = false;
    if (!done || next.place.removed || !next.place.changed) continue;
    if (next.place.state->rendered) {
      queue(next);  // it changed after it was rendered: that is for the next cycle
    } else {
      done = next.render();
    }
  }
  return done;
}

void node_tree::rendered(node& done) noexcept {
  done.place.changed = false;
  done.place.state->rendered = true;
  done.place.next_rendered = rendered_;
  rendered_ = &done;
  for (node* above = done.place.owner; above != nullptr && !above->place.state->below;
       above = above->place.owner) {
    above->place.state->below = true;
  }
}

bool node_tree::check_fresh() noexcept {
  for (node* each = rendered_; each != nullptr; each = each->place.next_rendered) {
    if (!each->place.fresh) continue;
    if (search(first_child_, each->place.state->path, each) != nullptr) {
      return fails(musubi::fail("duplicate child store_id encountered during reconcile"));
    }
  }
  return true;
}

void node_tree::commit() noexcept {
  while (node* next = rendered_) {
    rendered_ = next->place.next_rendered;
    next->commit();
    next->place.state->rendered = false;
    next->place.fresh = false;
    for (node* above = next->place.owner; above != nullptr && above->place.state->below;
         above = above->place.owner) {
      above->place.state->below = false;
    }
  }
  destroy_all(removed_);
  removed_ = nullptr;
}

void node_tree::remove(node& gone) noexcept {
  gone.place.removed = true;
  for (node* each = gone.place.first_child; each != nullptr; each = each->place.next) remove(*each);
}

placement_scan::placement_scan(node_tree& tree, node* owner) noexcept
    : tree_(&tree), owner_(owner) {
  for (node* each = tree.children_of(owner); each != nullptr; each = each->place.next) {
    each->place.seen = false;
  }
}

node* placement_scan::next(std::string_view above, std::string_view id,
                           const char* type) const noexcept {
  node* const candidate = cursor_ != nullptr ? cursor_->place.next : tree_->children_of(owner_);
  if (candidate == nullptr || candidate->place.type != type) return nullptr;
  // its store_id is `above`, a comma unless that is empty, and the id in quotes
  const std::string_view own = candidate->place.state->path;
  const std::size_t around = above.empty() ? 2 : above.size() + 3;
  if (own.size() != around + id.size()) return nullptr;
  const char* at = own.data() + (around - 1);
  for (const char c : id) {
    if (c != *at++ || c == '"' || c == '\\') return nullptr;  // these are escaped in a path
  }
  return own.starts_with(above) ? candidate : nullptr;
}

node* placement_scan::match(std::string_view path, const char* type) noexcept {
  const auto fits = [&](const node& each) {
    return each.place.type == type && each.place.state->path == path;
  };
  node* const start = cursor_ != nullptr ? cursor_->place.next : nullptr;
  for (node* each = start; each != nullptr; each = each->place.next) {
    if (fits(*each)) return each;
  }
  for (node* each = tree_->children_of(owner_); each != start; each = each->place.next) {
    if (fits(*each)) return each;
  }
  return nullptr;
}

bool placement_scan::take(node& found) noexcept {
  if (found.place.seen) {
    return tree_->fails(fail("duplicate child store_id encountered during reconcile"));
  }
  found.place.seen = true;
  cursor_ = &found;
  return true;
}

void* placement_scan::allocate(std::size_t store_bytes, std::string_view path) noexcept {
  block_pool& nodes = *tree_->page_->resources().nodes;
  if (store_bytes + path.size() > nodes.block_bytes()) {
    (void)tree_->fails(exhausted("store_id_bytes"));
    return nullptr;
  }
  void* memory = nodes.allocate();
  if (memory == nullptr) {
    (void)tree_->fails(exhausted("nodes"));
  } else if (!path.empty()) {
    std::memcpy(static_cast<char*>(memory) + store_bytes, path.data(), path.size());
  }
  return memory;
}

void placement_scan::add(node& fresh) noexcept {
  node*& after = cursor_ == nullptr ? tree_->children_of(owner_) : cursor_->place.next;
  fresh.place.next = after;
  after = &fresh;
  fresh.place.seen = true;
  cursor_ = &fresh;
}

void placement_scan::finish() noexcept {
  node** at = &tree_->children_of(owner_);
  while (node* each = *at) {
    if (each->place.seen) {
      at = &each->place.next;
      continue;
    }
    *at = each->place.next;
    tree_->remove(*each);
    each->place.next = tree_->removed_;
    tree_->removed_ = each;
  }
}

}  // namespace musubi
