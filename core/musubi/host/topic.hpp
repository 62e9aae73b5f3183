#pragma once
/// Publishes typed messages to every page that subscribes.

#include <musubi/mistake/all.hpp>

#include <cstdint>

#include <musubi/async/internal/inbox.hpp>
#include <musubi/async/internal/per_host.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/store/internal/subscription.hpp>

namespace musubi {

/// A topic of `Message`s, usually one global object per kind of message.
///
/// Pages on the publisher's host receive a message immediately. For those on other hosts it waits
/// in a block of that host's `limits::posts`, at most `Depth` messages of one topic per host. A
/// busy page keeps its copy in its own mailbox. A topic may be constructed before a host, outlive
/// it, and serve the next one. Can be constant-initialised. For state, where only the latest value
/// matters, use `watch`.
///
/// Takes `max_cores` small blocks, whatever the size of a message.
template <class Message, std::uint32_t Depth = 16>
class topic {
 public:
  using message_type = Message;
  constexpr topic() noexcept = default;
  topic(const topic&) = delete;
  topic& operator=(const topic&) = delete;

  /// Delivers `message` to every subscriber. Call on a host's thread. Returns false when another
  /// host has no room for it: that host's pages then miss this message, and its pool `posts` counts
  /// a failure.
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
  /// Like `publish`, from any thread or interrupt: the message waits for every host.
  bool post(const Message& message) noexcept {
    bool reached_all = true;
    for (share& each : shares_) {
      if (each.listener() != nullptr) reached_all &= each.send(message);
    }
    return reached_all;
  }

  /// Calls `owner.handle_info(message)`, which must be noexcept, with each message, outside of any
  /// store: on the host that is current when this is constructed, until it is destroyed there.
  template <class Owner>
  class listener {
   public:
    /// Hears nothing if there is no host, or more than `max_cores` hosts subscribe.
    listener(topic& of, Owner& owner) noexcept : ear_(&owner, &listener::hear) {
      if (subscriber_list* const here = of.local()) here->add(ear_);
    }

   private:
    static void hear(void* owner, const void* message) noexcept {
      static_cast<Owner*>(owner)->handle_info(*static_cast<const Message*>(message));
    }
    direct_subscription ear_;
  };

  /// The subscribers of the current host; null when more than `max_cores` hosts subscribe.
  [[nodiscard]] subscriber_list* local() noexcept {
    share* here = shares_.local();
    return here == nullptr ? nullptr : &here->subscribers;
  }

 private:
  struct share : remote_signal {
    constexpr share() noexcept : remote_signal(&share::receive, &share::drop) {}
    ~share() {
      if (runtime* const host = listener()) drop(*this, *host);
    }
    bool send(const Message& message) noexcept {
      bool sent = true;
      raise_if([&](runtime& host) noexcept {
        sent = waiting.put(host.posts(), message);
        return sent;
      });
      return sent;
    }
    static void receive(remote_signal& self) noexcept {
      auto& here = static_cast<share&>(self);
      here.waiting.take_all(here.listener()->posts(), [&](const Message& message) noexcept {
        here.subscribers.deliver(&message);
      });
    }
    static void drop(remote_signal& self, runtime& host) noexcept {
      static_cast<share&>(self).waiting.take_all(host.posts(), [](const Message&) noexcept {});
    }
    subscriber_list subscribers;
    inbox<Message, Depth> waiting;
  };

  per_host<share> shares_;
};

}  // namespace musubi
