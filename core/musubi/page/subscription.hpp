#pragma once
/// A page's interest in a topic.

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

class page;

/// Linked into the topic's list of subscribers and into the page's own; lives in a pool.
struct subscription : link {
  subscription* next_of_page = nullptr;
  page* subscriber = nullptr;
  context* to = nullptr;  ///< the store's
  void* store = nullptr;
  const detail::delivery* how = nullptr;
};

/// The pages of one host that subscribed to one topic.
class subscriber_list {
 public:
  void add(subscription& fresh) noexcept { subscriptions_.push_back(fresh); }
  [[nodiscard]] bool empty() const noexcept { return subscriptions_.empty(); }
  /// Hands `message` to every subscriber.
  void deliver(const void* message) noexcept;

 private:
  intrusive_list<subscription> subscriptions_;
};

}  // namespace musubi
