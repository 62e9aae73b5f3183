#include <musubi/store/child/internal/node_tree.hpp>
#include <musubi/store/internal/node.hpp>

namespace musubi {

std::string_view context::module() const noexcept {
  return page_->module();
}
std::string_view context::id() const noexcept {
  return page_->sink().id();
}
time_point context::now() const noexcept {
  return page_->now();
}
void context::changed() noexcept {
  node::of(*this).mark();
  page_->cycle_wanted();
}
void context::fail(const status& why) noexcept {
  page_->fail(why);
}

status context::add_subscription(subscriber_list& to, void* store, const detail::delivery& how,
                                 const void* source) noexcept {
  return page_->subscribe(to, *this, store, how, source);
}

const void* context::shared(const char* type) const noexcept {
  return page_->shared(type);
}

void child_node::mark() noexcept {
  place().changed = true;
  page_->tree()->queue(*this);
}

}  // namespace musubi
