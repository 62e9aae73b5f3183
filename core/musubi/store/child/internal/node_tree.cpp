#include <algorithm>
#include <cstring>

#include <musubi/memory/slice.hpp>
#include <musubi/store/child/internal/node_index.hpp>
#include <musubi/store/child/internal/node_tree.hpp>

namespace musubi {

page::progress node_tree::execute(const command_message& message) noexcept {
  child_node* target = named_by(message.store_id);
  if (target != nullptr) return target->execute(message);
  page_->refuse(message.ref, "unknown store");
  return page::progress::rejected;
}

child_node* node_tree::named_by(std::string_view store_id) noexcept {
  // as JSON.stringify writes it, in the common case
  if (child_node* found = at(slice(store_id, 1, store_id.size() - 2))) return found;
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

void node_tree::destroy_all(child_node* first) noexcept {
  while (child_node* next = first) {
    first = next->place().next;
    destroy(*next);
  }
}

void node_tree::destroy(child_node& gone) noexcept {
  destroy_all(gone.place().first_child);
  unqueue(gone);
  page_->resources().index->remove(gone);
  page_->forget(gone);
  gone.destroy();
  page_->resources().nodes->deallocate(&gone);
}

child_node* node_tree::at(std::string_view path) noexcept {
  return page_->resources().index->find(*page_, path,
                                        [](child_node& each) { return !each.place().removed; });
}

void node_tree::queue(child_node& changed) noexcept {
  if (changed.place().queued) return;
  changed.place().queued = true;
  changed.place().next_changed = changed_;
  changed_ = &changed;
}

void node_tree::unqueue(child_node& gone) noexcept {
  if (!gone.place().queued) return;
  child_node** at = &changed_;
  while (*at != &gone) at = &(*at)->place().next_changed;
  *at = gone.place().next_changed;
}

bool node_tree::render_one(child_node& changed) noexcept {
  detail::child_place& place = changed.place();
  place.queued = false;
  if (place.removed || !place.changed) return true;
  if (!place.rendered) return changed.render();
  queue(changed);  // it changed after it was rendered: that is for the next cycle
  return true;
}

bool node_tree::render_changed() noexcept {
  // who is in the batch stays `queued`: its link is not to be used for another list meanwhile
  child_node* batch = changed_;
  changed_ = nullptr;
  bool done = true;
  // owners before their children: what they render may settle the children's case
  while (batch != nullptr) {
    std::uint16_t least = UINT16_MAX;
    for (child_node* each = batch; each != nullptr; each = each->place().next_changed) {
      least = std::min(least, each->place().depth);
    }
    for (child_node** at = &batch; *at != nullptr;) {
      child_node& each = **at;
      if (each.place().depth != least) {
        at = &each.place().next_changed;
        continue;
      }
      *at = each.place().next_changed;
      if (done) {
        done = render_one(each);
      } else {
        each.place().queued = false;
      }
    }
  }
  return done;
}

void node_tree::touch(detail::child_place& place) noexcept {
  detail::child_place** at = &touched_of(*place.owner);
  while (*at != nullptr && (*at)->offset > place.offset) at = &(*at)->next_touched;
  place.next_touched = *at;
  *at = &place;
}

void node_tree::rendered(child_node& done) noexcept {
  detail::child_place& place = done.place();
  place.changed = false;
  place.next_rendered = rendered_;
  rendered_ = &done;
  if (!place.below) touch(place);
  place.rendered = true;
  for (detail::child_place* above = place.owner->place_or_null(); above != nullptr && !above->below;
       above = above->owner->place_or_null()) {
    above->below = true;
    if (above->rendered) break;
    touch(*above);
  }
}

bool node_tree::check_fresh() noexcept {
  for (child_node* each = rendered_; each != nullptr; each = each->place().next_rendered) {
    if (!each->place().fresh) continue;
    const auto is_another = [&](child_node& other) {
      return &other != each && !other.place().removed;
    };
    if (page_->resources().index->find(*page_, each->place().path, is_another) != nullptr) {
      return fails(musubi::fail("duplicate child store_id encountered during reconcile"));
    }
  }
  return true;
}

void node_tree::commit() noexcept {
  while (child_node* next = rendered_) {
    detail::child_place& place = next->place();
    rendered_ = place.next_rendered;
    next->commit();
    place.rendered = false;
    place.fresh = false;
    for (node* above = place.owner; above != nullptr;) {
      touched_of(*above) = nullptr;
      detail::child_place* const its = above->place_or_null();
      if (its == nullptr || !its->below) break;
      its->below = false;
      above = its->owner;
    }
  }
  destroy_all(removed_);
  removed_ = nullptr;
}

void node_tree::remove(child_node& gone) noexcept {
  gone.place().removed = true;
  for (child_node* each = gone.place().first_child; each != nullptr; each = each->place().next)
    remove(*each);
}

child_node* placement_scan::next(std::string_view above, std::string_view id,
                                 const char* type) const noexcept {
  child_node* const candidate = this->candidate();
  if (candidate == nullptr || candidate->place().type != type) return nullptr;
  // its store_id is `above`, a comma unless that is empty, and the id in quotes
  const std::string_view own = candidate->place().path;
  const std::size_t around = above.empty() ? 2 : above.size() + 3;
  if (own.size() != around + id.size()) return nullptr;
  const char* at = own.data() + (around - 1);
  for (const char c : id) {
    if (c != *at++ || c == '"' || c == '\\') return nullptr;  // these are escaped in a path
  }
  return own.starts_with(above) ? candidate : nullptr;
}

child_node* placement_scan::match(std::string_view path, const char* type) noexcept {
  page& on = *tree_->page_;
  child_node* const found = on.resources().index->find(on, path, [&](child_node& each) {
    const detail::child_place& place = each.place();
    return place.owner == owner_ && place.type == type && !place.removed;
  });
  if (found != nullptr) in_order_ = false;
  return found;
}

bool placement_scan::duplicate() noexcept {
  return tree_->fails(fail("duplicate child store_id encountered during reconcile"));
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

void placement_scan::add(child_node& fresh, const void* placement) noexcept {
  fresh.place().offset = offset_of(placement);
  tree_->page_->resources().index->add(fresh);
  child_node*& after = cursor_ == nullptr ? tree_->children_of(*owner_) : cursor_->place().next;
  fresh.place().next = after;
  after = &fresh;
  fresh.place().placed_mark = mark_;
  cursor_ = &fresh;
}

void placement_scan::remove(child_node*& at) noexcept {
  child_node& gone = *at;
  at = gone.place().next;
  tree_->remove(gone);
  gone.place().next = tree_->removed_;
  tree_->removed_ = &gone;
}

void placement_scan::finish() noexcept {
  child_node** at =
      cursor_ != nullptr && in_order_ ? &cursor_->place().next : &tree_->children_of(*owner_);
  while (*at != nullptr) {
    if ((*at)->place().placed_mark == mark_) {
      at = &(*at)->place().next;
    } else {
      remove(*at);
    }
  }
}

}  // namespace musubi
