#pragma once
/// Typed messages from whoever knows something to every page that wants to know.

#include <musubi/mistake/all.hpp>

#include <array>
#include <atomic>
#include <concepts>
#include <cstdint>
#include <new>

#include <musubi/async/mailbox.hpp>
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

/// Hosts of one process: most cores that one topic reaches.
#if defined(MUSUBI_SINGLE_THREADED)
inline constexpr std::size_t max_cores = 1;
#else
inline constexpr std::size_t max_cores = 16;
#endif

/// A topic of `Message`s. Usually one global object for each kind of news.
///
/// Pages of the publisher's host get a message at once, those of other hosts through a bounded
/// lock-free mailbox of `Depth` messages for each host. A page that is busy keeps its copy in its
/// own mailbox. A topic may outlive a host, and serve the next one; while a host is destroyed, no
/// other thread publishes.
template <class Message, std::uint32_t Depth = 16>
class topic {
 public:
  using message_type = Message;
  topic() noexcept = default;
  topic(const topic&) = delete;
  topic& operator=(const topic&) = delete;

  /// From a host's thread: hands `message` to every subscriber. False when the mailbox of another
  /// host is full; that host's pages then miss this message.
  bool publish(const Message& message) noexcept {
    bool reached_all = true;
    runtime* here = runtime::current();
    for (shard& each : shards_) {
      runtime* host = each.host.load(std::memory_order_acquire);
      if (host == nullptr) continue;
      if (host == here) {
        each.subscribers.deliver(&message);
      } else {
        reached_all &= each.send(message);
      }
    }
    return reached_all;
  }
  /// From any thread or interrupt: as `publish`, but every host gets it through its mailbox.
  bool post(const Message& message) noexcept {
    bool reached_all = true;
    for (shard& each : shards_) {
      if (each.host.load(std::memory_order_acquire) != nullptr) reached_all &= each.send(message);
    }
    return reached_all;
  }

  /// The subscribers of the current host; null when more than `max_cores` hosts subscribe.
  [[nodiscard]] subscriber_list* local() noexcept {
    runtime* here = runtime::current();
    for (shard& each : shards_) {
      runtime* expected = nullptr;
      if (each.host.load(std::memory_order_acquire) == here) return &each.subscribers;
      if (each.host.compare_exchange_strong(expected, here, std::memory_order_acq_rel)) {
        here->at_end(each.farewell);
        return &each.subscribers;
      }
    }
    return nullptr;
  }

 private:
  struct shard : remote_job {
    shard() noexcept : remote_job(&shard::receive) {}
    bool send(const Message& message) noexcept {
      if (!inbox.try_put(message)) return false;
      host.load(std::memory_order_relaxed)->post(*this);
      return true;
    }
    static void receive(remote_job& self) noexcept {
      auto& here = static_cast<shard&>(self);
      while (const auto message = here.inbox.try_take()) here.subscribers.deliver(&*message);
    }
    struct vacating : job {
      explicit vacating(shard& owner) noexcept : job(&vacating::leave), here(&owner) {}
      static void leave(job& self) noexcept {
        shard& vacated = *static_cast<vacating&>(self).here;
        while (vacated.inbox.try_take()) {
        }
        vacated.host.store(nullptr, std::memory_order_release);
      }
      shard* here;
    };
    std::atomic<runtime*> host{nullptr};
    vacating farewell{*this};
    subscriber_list subscribers;
    bounded_queue<Message, Depth> inbox;
  };

  std::array<shard, max_cores> shards_;
};

namespace detail {
template <class Topic>
concept is_topic = requires(Topic& topic) {
  typename Topic::message_type;
  { topic.local() } -> std::same_as<subscriber_list*>;
};
template <class Store, class Message>
concept handles_info = requires(Store& store, const Message& message, context& ctx) {
  store.handle_info(message, ctx);
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
                            detail::delivery_to<Store, typename Topic::message_type>::how);
  }
}

}  // namespace musubi
