#include <musubi/page/node.hpp>
#include <musubi/page/node_tree.hpp>

namespace musubi {

void node::mark() noexcept {
  place.changed = true;
  tree_->queue(*this);
}

void node::changed() noexcept {
  mark();
  tree_->owner().cycle_wanted();
}

std::string_view node::module() const noexcept {
  return tree_->owner().module();
}
std::string_view node::id() const noexcept {
  return tree_->owner().id();
}
time_point node::now() const noexcept {
  return tree_->owner().now();
}
void node::fail(const status& why) noexcept {
  tree_->owner().fail(why);
}

status node::add_subscription(subscriber_list& to, void* store, const detail::delivery& how,
                              const void* source) noexcept {
  return tree_->owner().subscribe(to, *this, store, how, source);
}

void* node::find(const char* type) const noexcept {
  return tree_->owner().find_shared(type);
}

}  // namespace musubi
