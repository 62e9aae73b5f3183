#pragma once
/// Values from other threads and interrupts, received by one coroutine of a host.

#include <cstdint>
#include <optional>

#include <musubi/async/bounded_queue.hpp>
#include <musubi/async/event.hpp>
#include <musubi/async/remote.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi {

/// Bounded, lock-free, many senders, one receiving host. A full mailbox refuses: `try_send` answers
/// false and the sender decides. `N` is a power of two, and more than one. It must outlive whoever
/// sends.
template <class T, std::uint32_t N>
class mailbox {
 public:
  /// Belongs to the host whose runtime is current.
  mailbox() noexcept : arrival_(*this), host_(runtime::current()) {}

  /// From any thread or interrupt. False when full.
  [[nodiscard]] bool try_send(const T& value) noexcept {
    if (!queue_.try_put(value)) return false;
    host_->post(arrival_);
    return true;
  }
  /// Host's thread: the oldest value, if any.
  [[nodiscard]] std::optional<T> try_receive() noexcept { return queue_.try_take(); }
  /// Host's thread: `co_await` it, then `try_receive` until empty. Does not wait while there is
  /// something to receive, so nothing that came early is missed.
  [[nodiscard]] auto arrived() noexcept { return awaiter(*this); }

 private:
  class awaiter : public event::awaiter {
   public:
    explicit awaiter(mailbox& on) noexcept : event::awaiter(on.arrived_), mailbox_(&on) {}
    bool await_ready() const noexcept { return !mailbox_->queue_.empty(); }

   private:
    mailbox* mailbox_;
  };
  struct arrival : remote_job {
    explicit arrival(mailbox& owner) noexcept : remote_job(&arrival::notify), owner_(&owner) {}
    static void notify(remote_job& self) noexcept {
      static_cast<arrival&>(self).owner_->arrived_.notify();
    }
    mailbox* owner_;
  };

  bounded_queue<T, N> queue_;
  event arrived_;
  arrival arrival_;
  runtime* host_;
};

}  // namespace musubi
