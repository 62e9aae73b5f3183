#pragma once
/// A store's interest in a topic, or in a watched value.

#include <musubi/mistake/all.hpp>

#include <concepts>
#include <cstddef>
#include <new>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/schema/guard.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

namespace detail {
/// How a message of a topic, or a watched value, reaches a store.
struct delivery {
  /// Calls `handle_info` of the store at `store`; false when it threw. `message` is the message, or
  /// the watch. Null where a store is only to be rendered.
  bool (*call)(void* store, const void* message, context& ctx) noexcept;
  /// Copies a message into memory of its own, for a page that is busy.
  void (*copy)(void* into, const void* message) noexcept;
  void (*destroy)(void* message) noexcept;
  std::size_t bytes;
  const char* type;  ///< `type_key` of the message
};
}  // namespace detail

/// Linked into the list of the topic or value, and into the page's own; lives in a pool.
struct subscription : link {
  subscription* next_of_page = nullptr;
  context* to = nullptr;  ///< the store's; null: not a store (`direct_subscription`)
  void* store = nullptr;
  const detail::delivery* how = nullptr;
  const void* source = nullptr;  ///< the watched value; null: a topic
  bool due = false;              ///< the value was set, and the store has yet to be told
};

/// The interest of something that is not a store, such as a link to another machine.
/// `hear(owner, message)` is called on the host's thread while the message is published, or the
/// value set; it must not end this or another subscription. `message` is the message, or the watch.
class direct_subscription : public subscription {
 public:
  using function = void (*)(void* owner, const void* message) noexcept;
  direct_subscription(void* owner, function hear, const void* watched = nullptr) noexcept
      : hear_{nullptr, hear, nullptr, 0, nullptr} {
    store = owner;
    how = &hear_;
    source = watched;
  }

 private:
  detail::delivery hear_;
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

template <class Store, class Message>
struct delivery_to {
  static bool call(void* store, const void* message, context& page) noexcept {
    return guarded([&] {
      static_cast<Store*>(store)->handle_info(*static_cast<const Message*>(message), page);
    });
  }
  static void copy(void* into, const void* message) noexcept {
    new (into) Message(*static_cast<const Message*>(message));
  }
  static void destroy(void* message) noexcept { static_cast<Message*>(message)->~Message(); }
  static constexpr delivery how{&call, &copy, &destroy, sizeof(Message), &type_key<Message>};
};

/// A follower is rendered, and told nothing.
inline constexpr delivery no_delivery{nullptr, nullptr, nullptr, 0, nullptr};

/// A follower is told the latest value. Nothing of it is kept for later: it is where it was.
template <class Store, class Watch>
struct telling {
  static bool call(void* store, const void* value, context& ctx) noexcept {
    return guarded([&] {
      static_cast<Store*>(store)->handle_info(static_cast<const Watch*>(value)->get(), ctx);
    });
  }
  static constexpr delivery how{&call, nullptr, nullptr, 0, nullptr};
};

template <class Watch>
concept is_watch = requires(Watch& watch) {
  typename Watch::value_type;
  { watch.followers() } -> std::same_as<subscriber_list*>;
};

template <class Topic>
concept is_topic = requires(Topic& topic) {
  typename Topic::message_type;
  { topic.local() } -> std::same_as<subscriber_list*>;
};

}  // namespace detail

template <class Store, class Topic, class>
status context::subscribe(Store& store, Topic& topic) noexcept {
  if constexpr (!detail::is_topic<Topic>) {
    static_assert(sizeof(mistake::subscription_to_no_topic<Store, Topic>) != 0);
    return {};
  } else if constexpr (!detail::handles_info<Store, typename Topic::message_type>) {
    static_assert(sizeof(mistake::message_without_handler<Store, typename Topic::message_type>) !=
                  0);
    return {};
  } else {
    subscriber_list* here = topic.local();
    if (here == nullptr) return exhausted("max_cores");
    return add_subscription(*here, &store,
                            detail::delivery_to<Store, typename Topic::message_type>::how, nullptr);
  }
}

template <class Watch, class>
status context::follow(Watch& value) noexcept {
  if constexpr (!detail::is_watch<Watch>) {
    static_assert(sizeof(mistake::followed_value_that_is_no_watch<Watch>) != 0);
    return {};
  } else {
    subscriber_list* here = value.followers();
    if (here == nullptr) return exhausted("max_cores");
    return add_subscription(*here, nullptr, detail::no_delivery, &value);
  }
}

template <class Store, class Watch, class>
status context::follow(Store& store, Watch& value) noexcept {
  if constexpr (!detail::is_watch<Watch>) {
    static_assert(sizeof(mistake::followed_value_that_is_no_watch<Watch>) != 0);
    return {};
  } else if constexpr (!detail::handles_info<Store, typename Watch::value_type>) {
    static_assert(sizeof(mistake::value_without_handler<Store, typename Watch::value_type>) != 0);
    return {};
  } else {
    subscriber_list* here = value.followers();
    if (here == nullptr) return exhausted("max_cores");
    return add_subscription(*here, &store, detail::telling<Store, Watch>::how, &value);
  }
}

}  // namespace musubi
