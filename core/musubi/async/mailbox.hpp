#pragma once
/// Values from other threads and interrupts, received by one coroutine of a host.

#include <cstdint>
#include <optional>
#include <type_traits>

#include <musubi/async/bounded_queue.hpp>
#include <musubi/async/event.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi {

/// Bounded, lock-free, many senders, one receiving host: the one whose runtime is current when it
/// is made, else the first one that receives; when that goes, the next one. What is sent while
/// there is none waits. A full mailbox refuses: `try_send` answers false and the sender decides.
/// `N` is a power of two, and more than one. It can be constant-initialised. It must outlive
/// its senders; its host's thread destroys it.
template <class T, std::uint32_t N>
class mailbox {
 public:
  constexpr mailbox() noexcept : arrival_(*this) {
    if (!std::is_constant_evaluated()) listen();
  }

  /// From any thread or interrupt. False when full.
  [[nodiscard]] bool try_send(const T& value) noexcept {
    if (!queue_.try_put(value)) return false;
    arrival_.raise();
    return true;
  }
  /// Host's thread: the oldest value, if any.
  [[nodiscard]] std::optional<T> try_receive() noexcept { return queue_.try_take(); }
  /// Host's thread: `co_await` it, then `try_receive` until empty. Does not wait while there is
  /// something to receive, so nothing that came early is missed.
  [[nodiscard]] auto arrived() noexcept {
    listen();
    return awaiter(*this);
  }

 private:
  class awaiter : public event::awaiter {
   public:
    explicit awaiter(mailbox& on) noexcept : event::awaiter(on.arrived_), mailbox_(&on) {}
    bool await_ready() const noexcept { return !mailbox_->queue_.empty(); }

   private:
    mailbox* mailbox_;
  };
  struct arrival : remote_signal {
    constexpr explicit arrival(mailbox& owner) noexcept
        : remote_signal(&arrival::notify), owner_(&owner) {}
    static void notify(remote_signal& self) noexcept {
      static_cast<arrival&>(self).owner_->arrived_.notify();
    }
    mailbox* owner_;
  };
  void listen() noexcept {
    if (arrival_.listener() != nullptr) return;
    if (runtime* here = runtime::current()) arrival_.listen(*here);
  }

  bounded_queue<T, N> queue_;
  event arrived_;
  arrival arrival_;
};

}  // namespace musubi
