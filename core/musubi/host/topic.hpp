#pragma once
/// Publishes typed messages to every page that subscribes.

#include <musubi/mistake/all.hpp>

#include <concepts>
#include <cstdint>
#include <new>

#include <musubi/async/bounded_queue.hpp>
#include <musubi/async/per_host.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/page/page.hpp>
#include <musubi/page/subscription.hpp>
#include <musubi/store/context.hpp>
#include <musubi/store/guard.hpp>

namespace musubi {

namespace detail {

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

}  // namespace detail

/// A topic of `Message`s, usually one global object per kind of message.
///
/// Pages on the publisher's host receive a message immediately, those on other hosts through a
/// bounded lock-free mailbox of `Depth` messages per host. A busy page keeps its copy in its own
/// mailbox. A topic may be constructed before a host, outlive it, and serve the next one. Can be
/// constant-initialised. For state, where only the latest value matters, use `watch`.
template <class Message, std::uint32_t Depth = 16>
class topic {
 public:
  using message_type = Message;
  constexpr topic() noexcept = default;
  topic(const topic&) = delete;
  topic& operator=(const topic&) = delete;

  /// Delivers `message` to every subscriber. Call on a host's thread. Returns false when the
  /// mailbox of another host is full; that host's pages then miss this message.
  bool publish(const Message& message) noexcept {
    bool reached_all = true;
    runtime* here = runtime::current();
    for (share& each : shares_) {
      runtime* host = each.listener();
      if (host == nullptr) continue;
      if (host == here) {
        each.subscribers.deliver(&message);
      } else {
        reached_all &= each.send(message);
      }
    }
    return reached_all;
  }
  /// Like `publish`, from any thread or interrupt: every host receives the message through its
  /// mailbox.
  bool post(const Message& message) noexcept {
    bool reached_all = true;
    for (share& each : shares_) {
      if (each.listener() != nullptr) reached_all &= each.send(message);
    }
    return reached_all;
  }

  /// The subscribers of the current host; null when more than `max_cores` hosts subscribe.
  [[nodiscard]] subscriber_list* local() noexcept {
    share* here = shares_.local();
    return here == nullptr ? nullptr : &here->subscribers;
  }

 private:
  struct share : remote_signal {
    constexpr share() noexcept : remote_signal(&share::receive) {}
    bool send(const Message& message) noexcept {
      if (!inbox.try_put(message)) return false;
      raise();
      return true;
    }
    static void receive(remote_signal& self) noexcept {
      auto& here = static_cast<share&>(self);
      while (const auto message = here.inbox.try_take()) here.subscribers.deliver(&*message);
    }
    /// Drops messages for the previous host.
    void clear() noexcept {
      while (inbox.try_take()) {
      }
    }
    subscriber_list subscribers;
    bounded_queue<Message, Depth> inbox;
  };

  per_host<share> shares_;
};

namespace detail {
template <class Topic>
concept is_topic = requires(Topic& topic) {
  typename Topic::message_type;
  { topic.local() } -> std::same_as<subscriber_list*>;
};
}  // namespace detail

template <class Store, class Topic>
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

}  // namespace musubi
