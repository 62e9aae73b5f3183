#pragma once
/// A lock-free queue of fixed size: many producers, one consumer.

#include <musubi/mistake/value.hpp>

#include <atomic>
#include <bit>
#include <cstdint>
#include <optional>
#include <type_traits>

namespace musubi {

namespace detail {
template <class T, std::uint32_t N>
consteval bool right_queue() {
  if constexpr (N < 2 || !std::has_single_bit(N)) {
    return sizeof(mistake::queue_of_another_depth<T, N>) != 0;
  } else if constexpr (!std::is_nothrow_copy_constructible_v<T>) {
    return sizeof(mistake::message_that_cannot_be_copied<T>) != 0;
  } else {
    return true;
  }
}
}  // namespace detail

/// Any number of threads and interrupts put values, one thread takes them. `try_put` fails when the
/// queue is full. `N` is a power of two, at least 2, so that a slot can tell "filled" from "free in
/// the next round".
///
/// Each slot has a turn: the start of its round while it is free, one more when it is filled.
template <class T, std::uint32_t N>
class bounded_queue {
  static_assert(detail::right_queue<T, N>());

 public:
  constexpr bounded_queue() noexcept = default;
  bounded_queue(const bounded_queue&) = delete;
  bounded_queue& operator=(const bounded_queue&) = delete;

  /// False when full.
  [[nodiscard]] bool try_put(const T& value) noexcept {
    std::uint32_t position = tail_.load(std::memory_order_relaxed);
    for (;;) {
      slot& at = slots_[position % N];
      const std::uint32_t turn = at.turn.load(std::memory_order_acquire);
      if (turn == round_of(position)) {
        if (tail_.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) {
          at.value.emplace(value);
          at.turn.store(round_of(position) + 1, std::memory_order_release);
          return true;
        }
      } else if (static_cast<std::int32_t>(turn - round_of(position)) < 0) {
        return false;
      } else {
        position = tail_.load(std::memory_order_relaxed);
      }
    }
  }
  /// Takes the oldest value, if any. Consumer thread only.
  [[nodiscard]] std::optional<T> try_take() noexcept {
    if (empty()) return std::nullopt;
    slot& at = slots_[head_ % N];
    std::optional<T> value(*at.value);
    at.value.reset();
    at.turn.store(round_of(head_) + N, std::memory_order_release);
    ++head_;
    return value;
  }
  /// True when there is nothing to take. Consumer thread only.
  [[nodiscard]] bool empty() const noexcept {
    return slots_[head_ % N].turn.load(std::memory_order_acquire) != round_of(head_) + 1;
  }

 private:
  struct slot {
    std::atomic<std::uint32_t> turn{0};
    std::optional<T> value;
  };
  static constexpr std::uint32_t round_of(std::uint32_t position) noexcept {
    return position - position % N;
  }
  slot slots_[N];
  std::atomic<std::uint32_t> tail_{0};
  std::uint32_t head_ = 0;
};

}  // namespace musubi
