#pragma once
/// What other threads and interrupts have sent to a host, until it takes it.

#include <musubi/mistake/value.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include <musubi/async/internal/post_pool.hpp>

namespace musubi {

namespace detail {
template <class Message>
consteval bool right_message() {
  static_assert(alignof(Message) <= alignof(std::max_align_t));
  if constexpr (!std::is_nothrow_copy_constructible_v<Message>) {
    return sizeof(mistake::message_that_cannot_be_copied<Message>) != 0;
  } else {
    return true;
  }
}
}  // namespace detail

/// A queue of messages in blocks of the host's `limits::posts`: any thread or interrupt puts, the
/// host's thread takes. Takes no memory for messages before there are any. At most `Depth` wait, so
/// that one sender cannot use all of the pool.
template <class Message, std::uint32_t Depth>
class inbox {
  static_assert(detail::right_message<Message>());

 public:
  constexpr inbox() noexcept = default;
  inbox(const inbox&) = delete;
  inbox& operator=(const inbox&) = delete;

  /// Returns false, which `from` counts, when there is no room.
  [[nodiscard]] bool put(post_pool& from, const Message& message) noexcept {
    if (waiting_.fetch_add(1, std::memory_order_relaxed) >= Depth) {
      waiting_.fetch_sub(1, std::memory_order_relaxed);
      from.refused();
      return false;
    }
    void* const block = from.take(sizeof(letter));
    if (block == nullptr) {
      waiting_.fetch_sub(1, std::memory_order_relaxed);
      return false;
    }
    auto* const fresh = new (block) letter{newest_.load(std::memory_order_relaxed), message};
    while (!newest_.compare_exchange_weak(fresh->next, fresh, std::memory_order_release,
                                          std::memory_order_relaxed)) {
    }
    return true;
  }
  /// Calls `use(const Message&)` with all that wait, the oldest first. Host's thread only.
  template <class Use>
  void take_all(post_pool& into, Use&& use) noexcept {
    letter* newest = newest_.exchange(nullptr, std::memory_order_acquire);
    letter* oldest = nullptr;
    while (newest != nullptr) {
      letter* const next = newest->next;
      newest->next = oldest;
      oldest = newest;
      newest = next;
    }
    while (oldest != nullptr) {
      letter* const each = oldest;
      oldest = each->next;
      use(static_cast<const Message&>(each->message));
      each->~letter();
      into.release(each);
      waiting_.fetch_sub(1, std::memory_order_relaxed);
    }
  }

 private:
  struct letter {
    letter* next;
    Message message;
  };
  std::atomic<letter*> newest_{nullptr};
  std::atomic<std::uint32_t> waiting_{0};
};

}  // namespace musubi
