#pragma once
/// What drives one host: the ready queue, the timers, the door for other threads, the coroutines.

#include <array>
#include <optional>

#include <musubi/async/clock.hpp>
#include <musubi/async/remote.hpp>
#include <musubi/async/run_queue.hpp>
#include <musubi/async/timer.hpp>
#include <musubi/memory/size_classes.hpp>

// One runtime a thread where there are threads; one in all where there are none.
#if defined(MUSUBI_SINGLE_THREADED)
#define MUSUBI_THREAD_LOCAL
#else
#define MUSUBI_THREAD_LOCAL thread_local
#endif

namespace musubi {

/// Size classes of coroutine frames. Frames of 64-bit hosts are about twice those of a Cortex-M.
using frame_classes = std::array<size_class, 4>;
using frame_pools = size_class_pools<4>;

class worker_pool;

/// A port's part in waking a host that sleeps.
class waker {
 public:
  /// Makes the host's loop run soon. Called from any thread or interrupt, and must not block.
  virtual void wake() noexcept = 0;

 protected:
  ~waker() = default;
};

/// Drives the jobs, timers and coroutines of one host. Everything but `post` belongs to the thread
/// that calls `poll`.
class runtime {
 public:
  runtime(carver& memory, const frame_classes& frames, waker& port) noexcept
      : frames_("coroutine_frames", memory, frames), waker_(&port) {}
  runtime(const runtime&) = delete;
  runtime& operator=(const runtime&) = delete;
  ~runtime() {
    while (job* next = at_end_.pop_front()) next->run();  // after which nobody posts
    remote_.abandon();
    if (current_ == this) current_ = nullptr;
  }

  /// The runtime of this thread: set while a host is constructed and while it runs.
  [[nodiscard]] static runtime* current() noexcept { return current_; }
  void make_current() noexcept { current_ = this; }

  /// Runs what is ready at `now`, in rounds. Answers when it next has to be called: at once (`now`)
  /// when work is left after `rounds_per_poll`, at a time, or only when something happens. Whoever
  /// calls it sees to I/O in between, so a busy store cannot starve the sockets.
  std::optional<time_point> poll(time_point now) noexcept;

  void push(job& what) noexcept { ready_.push(what); }
  /// `what` runs in the next `poll` but not in the one under way: the port looks at its sockets
  /// first. For work that would otherwise go on at the expense of others. No-op if it is queued
  /// already.
  void defer(job& what) noexcept { deferred_.push(what); }
  /// `what` runs when this runtime is destroyed: for who remembers it from one host to the next.
  void at_end(job& what) noexcept { at_end_.push_back(what); }
  void arm(timer& what, time_point when) noexcept { timers_.arm(what, when); }
  /// A delay beyond the end of time is as long as time.
  void arm_after(timer& what, duration delay) noexcept {
    const duration left = time_point::max() - now_;
    timers_.arm(what, delay < left ? now_ + delay : time_point::max());
  }
  /// From any thread or interrupt: runs `what` on this host's thread.
  void post(remote_job& what) noexcept {
    if (remote_.post(what)) waker_->wake();
  }
  /// Takes back what was posted and has not run. Nobody posts it meanwhile.
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
  /// From now on these do it; they outlive the coroutines of this runtime.
  void employ(worker_pool& pool) noexcept {
    workers_ = &pool;
  }
#endif

  /// The time as of the latest poll; reading it costs nothing.
  [[nodiscard]] time_point now() const noexcept {
    return now_;
  }
  void advance(time_point now) noexcept {
    if (now > now_) now_ = now;
  }
  [[nodiscard]] frame_pools& frames() noexcept {
    return frames_;
  }

  /// Rounds of ready jobs before I/O is looked at again.
  static constexpr int rounds_per_poll = 16;

 private:
  run_queue ready_;
  run_queue deferred_;
  timer_queue timers_;
  remote_queue remote_;
  intrusive_list<job> at_end_;
  frame_pools frames_;
  time_point now_{};
  waker* waker_;
#if !defined(MUSUBI_SINGLE_THREADED)
  worker_pool* workers_ = nullptr;
#endif
  inline static MUSUBI_THREAD_LOCAL runtime* current_ = nullptr;
};

}  // namespace musubi
