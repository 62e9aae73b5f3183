#pragma once
/// A store's interest in a topic, or in a watched value.

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

class page;

/// Linked into the list of the topic or value, and into the page's own; lives in a pool.
struct subscription : link {
  subscription* next_of_page = nullptr;
  page* subscriber = nullptr;
  context* to = nullptr;  ///< the store's
  void* store = nullptr;
  const detail::delivery* how = nullptr;
  const void* source = nullptr;  ///< the watched value; null: a topic
  bool due = false;              ///< the value was set, and the store has yet to be told
};

/// The stores of one host that subscribed to one topic, or follow one value.
class subscriber_list {
 public:
  constexpr subscriber_list() noexcept = default;
  void add(subscription& fresh) noexcept { subscriptions_.push_back(fresh); }
  [[nodiscard]] bool empty() const noexcept { return subscriptions_.empty(); }
  /// Hands `message` to every subscriber.
  void deliver(const void* message) noexcept;
  /// The value that they follow was set: they are told, and rendered soon.
  void tell() noexcept;

 private:
  intrusive_list<subscription> subscriptions_;
};

namespace detail {
template <class Store, class Message>
concept handles_info = requires(Store& store, const Message& message, context& ctx) {
  store.handle_info(message, ctx);
};
}  // namespace detail

}  // namespace musubi
