#pragma once
/// Values from other threads and interrupts, received by one coroutine of a host.

#include <cstdint>
#include <optional>
#include <type_traits>

#include <musubi/async/event.hpp>
#include <musubi/async/internal/bounded_queue.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi {

/// Bounded and lock-free, with many senders and one receiving host: the host whose runtime is
/// current at construction, otherwise the first one that receives. When that host is destroyed, the
/// next one to receive takes over. Values sent while there is no host wait. `try_send` returns
/// false when the mailbox is full, and the sender decides what to do. `N` is a power of two, at
/// least 2. Can be constant-initialised. Must outlive its senders, and must be destroyed on its
/// host's thread.
template <class T, std::uint32_t N>
class mailbox {
 public:
  constexpr mailbox() noexcept : arrival_(*this) {
    if (!std::is_constant_evaluated()) listen();
  }

  /// Sends a value. Call from any thread or interrupt. Returns false when full.
  [[nodiscard]] bool try_send(const T& value) noexcept {
    if (!queue_.try_put(value)) return false;
    arrival_.raise();
    return true;
  }
  /// Takes the oldest value, if any. Host's thread only.
  [[nodiscard]] std::optional<T> try_receive() noexcept { return queue_.try_take(); }
  /// `co_await` it, then call `try_receive` until the mailbox is empty. Does not wait if there is
  /// something to receive, so a value that arrived earlier is not missed. Host's thread only.
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
