#pragma once
/// Drives one host: its run queue, timers, posts from other threads, and coroutine frames.

#include <array>
#include <optional>

#include <musubi/async/clock.hpp>
#include <musubi/async/internal/post_pool.hpp>
#include <musubi/async/internal/run_queue.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/async/remote.hpp>
#include <musubi/memory/internal/size_classes.hpp>

// One runtime per thread; a single one where there are no threads.
#if defined(MUSUBI_SINGLE_THREADED)
#define MUSUBI_THREAD_LOCAL
#else
#define MUSUBI_THREAD_LOCAL thread_local
#endif

namespace musubi {

/// Size classes of coroutine frames. Frames on 64-bit hosts are about twice as large as on a
/// Cortex-M.
using frame_classes = std::array<size_class, 4>;
using frame_pools = size_class_pools<4>;

class worker_pool;

/// Wakes a sleeping host; implemented by a port.
class waker {
 public:
  /// Makes the host's loop run soon. Called from any thread or interrupt; must not block.
  virtual void wake() noexcept = 0;

 protected:
  ~waker() = default;
};

/// Drives the jobs, timers and coroutines of one host. All functions but `post` and `posts` are
/// for the thread that calls `poll`.
class runtime {
 public:
  /// `posts`: for what is sent from other threads.
  runtime(carver& memory, const frame_classes& frames, waker& port,
          const size_class& posts = {}) noexcept
      : frames_("coroutine_frames", memory, frames), posts_(memory, posts), waker_(&port) {}
  runtime(const runtime&) = delete;
  runtime& operator=(const runtime&) = delete;
  ~runtime() {
    while (job* next = at_end_.pop_front()) next->run();  // nothing is posted after this
    remote_.abandon();
    if (current_ == this) current_ = nullptr;
  }

  /// The runtime of this thread: set while a host is being constructed and while it runs.
  [[nodiscard]] static runtime* current() noexcept { return current_; }
  void make_current() noexcept { current_ = this; }

  /// Runs what is ready at `now`, in rounds. Returns when to call it next: at once (`now`) when
  /// work is left after `rounds_per_poll`, at a given time, or `std::nullopt`: only when something
  /// happens. The caller handles I/O between calls, so a busy store cannot starve the sockets.
  std::optional<time_point> poll(time_point now) noexcept;

  /// What `poll` would return now.
  [[nodiscard]] std::optional<time_point> next() const noexcept {
    return ready_.empty() && remote_.empty() ? timers_.next() : now_;
  }

  void push(job& what) noexcept { ready_.push(what); }
  /// Runs `what` in the next `poll`, not in the current one, so the port handles its sockets first.
  /// For long work that would otherwise delay others. No-op if it is already queued.
  void defer(job& what) noexcept { deferred_.push(what); }
  /// Runs `what` when this runtime is destroyed, for objects that outlive it and keep a pointer to
  /// it.
  void at_end(job& what) noexcept { at_end_.push_back(what); }
  void arm(timer& what, time_point when) noexcept { timers_.arm(what, when); }
  /// A delay beyond the range of time points is clamped.
  void arm_after(timer& what, duration delay) noexcept {
    const duration left = time_point::max() - now_;
    timers_.arm(what, delay < left ? now_ + delay : time_point::max());
  }
  /// Runs `what` on this host's thread. Call from any thread or interrupt.
  void post(remote_job& what) noexcept {
    if (remote_.post(what)) waker_->wake();
  }
  /// Memory for what is sent with such a job. For any thread or interrupt.
  [[nodiscard]] post_pool& posts() noexcept { return posts_; }
  [[nodiscard]] const post_pool& posts() const noexcept { return posts_; }
  /// Withdraws a posted job that has not run. Must not be posted concurrently.
  void withdraw(remote_job& what) noexcept { remote_.withdraw(what); }

  /// The port's threads for work that may block (`offload`); null where it has none.
  [[nodiscard]] worker_pool* workers() const noexcept {
#if defined(MUSUBI_SINGLE_THREADED)
    return nullptr;
#else
    return workers_;
#endif
  }
#if !defined(MUSUBI_SINGLE_THREADED)
  /// Sets the threads for `offload`. They must outlive the coroutines of this runtime.
  void employ(worker_pool& pool) noexcept {
    workers_ = &pool;
  }
#endif

  /// The time of the latest poll; cheap to read.
  [[nodiscard]] time_point now() const noexcept {
    return now_;
  }
  void advance(time_point now) noexcept {
    if (now > now_) now_ = now;
  }
  [[nodiscard]] frame_pools& frames() noexcept {
    return frames_;
  }

  /// Rounds of ready jobs before I/O is handled again.
  static constexpr int rounds_per_poll = 16;

 private:
  run_queue ready_;
  run_queue deferred_;
  timer_queue timers_;
  remote_queue remote_;
  intrusive_list<job> at_end_;
  frame_pools frames_;
  post_pool posts_;
  time_point now_{};
  waker* waker_;
#if !defined(MUSUBI_SINGLE_THREADED)
  worker_pool* workers_ = nullptr;
#endif
  inline static MUSUBI_THREAD_LOCAL runtime* current_ = nullptr;
};

}  // namespace musubi
