#pragma once
/// Timers, ordered by when they are due.

#include <optional>

#include <musubi/async/clock.hpp>
#include <musubi/async/internal/run_queue.hpp>

namespace musubi {

class timer_queue;

/// One timer. It is a member of its owner, so there is no limit on their number; destroying it
/// cancels it.
class timer {
 public:
  /// `due` is queued when the timer expires; it must outlive the timer.
  explicit timer(job& due) noexcept : due_(&due) {}
  timer(const timer&) = delete;
  timer& operator=(const timer&) = delete;
  ~timer() { cancel(); }

  [[nodiscard]] bool armed() const noexcept { return queue_ != nullptr; }
  /// O(log n), amortised. No-op when not armed.
  void cancel() noexcept;

 private:
  friend class timer_queue;
  // a node of a pairing heap: first child, next sibling, and parent or previous sibling
  timer* child_ = nullptr;
  timer* next_ = nullptr;
  timer* previous_ = nullptr;
  timer_queue* queue_ = nullptr;
  time_point when_{};
  job* due_;
};

/// Pairing heap of timers: arming and finding the next one are O(1). Not thread-safe.
class timer_queue {
 public:
  timer_queue() noexcept = default;
  timer_queue(const timer_queue&) = delete;
  timer_queue& operator=(const timer_queue&) = delete;
  ~timer_queue();

  /// Arms `what` for `when`; rearms an armed timer.
  void arm(timer& what, time_point when) noexcept;
  /// Queues the jobs of all timers due at `now`.
  void expire(time_point now, run_queue& ready) noexcept;
  /// When the next timer is due, if there is one.
  [[nodiscard]] std::optional<time_point> next() const noexcept {
    if (root_ == nullptr) return std::nullopt;
    return root_->when_;
  }

 private:
  friend class timer;
  static timer* meld(timer* a, timer* b) noexcept;
  static timer* merge_pairs(timer* first) noexcept;
  void remove(timer& what) noexcept;

  timer* root_ = nullptr;
};

inline void timer::cancel() noexcept {
  if (queue_ != nullptr) queue_->remove(*this);
}

}  // namespace musubi
