#pragma once
/// Publishes typed messages to every page that subscribes.

#include <musubi/mistake/all.hpp>

#include <cstdint>

#include <musubi/async/bounded_queue.hpp>
#include <musubi/async/per_host.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/page/subscription.hpp>

namespace musubi {

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

}  // namespace musubi
