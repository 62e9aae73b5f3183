#pragma once
/// Values from other threads and interrupts, received by one coroutine of a host.

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <musubi/async/event.hpp>
#include <musubi/async/remote.hpp>

namespace musubi {

/// Bounded, lock-free, many senders, one receiving host. A full mailbox refuses: `try_send` answers
/// false and the sender decides. `N` is a power of two, and more than one. It lives as long as its
/// host, and longer than its senders.
///
/// Each slot carries a sequence number: equal to the position when free, position + 1 when filled.
template <class T, std::uint32_t N>
requires(N > 1 && std::has_single_bit(N) && std::is_nothrow_copy_constructible_v<T>) class mailbox {
 public:
  /// Belongs to the host whose runtime is current.
  mailbox() noexcept : remote_job_(*this), host_(runtime::current()) {
    for (std::uint32_t i = 0; i < N; ++i) slots_[i].sequence.store(i, std::memory_order_relaxed);
  }

  /// From any thread or interrupt. False when full.
  [[nodiscard]] bool try_send(const T& value) noexcept {
    std::uint32_t position = tail_.load(std::memory_order_relaxed);
    for (;;) {
      slot& at = slots_[position % N];
      const std::uint32_t sequence = at.sequence.load(std::memory_order_acquire);
      if (sequence == position) {
        if (tail_.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) {
          at.value = value;
          at.sequence.store(position + 1, std::memory_order_release);
          host_->post(remote_job_);
          return true;
        }
      } else if (static_cast<std::int32_t>(sequence - position) < 0) {
        return false;
      } else {
        position = tail_.load(std::memory_order_relaxed);
      }
    }
  }
  /// Host's thread: the oldest value, if any.
  [[nodiscard]] std::optional<T> try_receive() noexcept {
    slot& at = slots_[head_ % N];
    if (empty()) return std::nullopt;
    std::optional<T> value(at.value);
    at.sequence.store(head_ + N, std::memory_order_release);
    ++head_;
    return value;
  }
  /// Host's thread: `co_await` it, then `try_receive` until empty. Does not wait while there is
  /// something to receive.
  [[nodiscard]] auto arrived() noexcept { return awaiter(*this); }

 private:
  class awaiter : public event::awaiter {
   public:
    explicit awaiter(mailbox& on) noexcept : event::awaiter(on.arrived_), mailbox_(&on) {}
    bool await_ready() const noexcept { return !mailbox_->empty(); }

   private:
    mailbox* mailbox_;
  };
  struct slot {
    std::atomic<std::uint32_t> sequence;
    T value;
  };
  struct notify_job : remote_job {
    explicit notify_job(mailbox& owner) noexcept : remote_job(&notify_job::run), owner_(&owner) {}
    static void run(remote_job& self) noexcept {
      static_cast<notify_job&>(self).owner_->arrived_.notify();
    }
    mailbox* owner_;
  };

  [[nodiscard]] bool empty() const noexcept {
    return slots_[head_ % N].sequence.load(std::memory_order_acquire) != head_ + 1;
  }

  std::array<slot, N> slots_;
  std::atomic<std::uint32_t> tail_{0};
  std::uint32_t head_ = 0;
  event arrived_;
  notify_job remote_job_;
  runtime* host_;
};

}  // namespace musubi
