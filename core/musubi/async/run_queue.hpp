#pragma once
/// What is ready to run, in order.

#include <coroutine>

#include <musubi/memory/intrusive_list.hpp>

namespace musubi {

/// Something to run once, later, on the host's own thread. It lives in its owner (an awaiter, a
/// page, a stream), so queueing it cannot fail; destroying the owner takes it out of the queue.
class job : public link {
 public:
  using function = void (*)(job&) noexcept;
  constexpr explicit job(function body) noexcept : run_(body) {}
  void run() noexcept { run_(*this); }

 private:
  function run_;
};

/// A job that resumes a coroutine.
class resume_job : public job {
 public:
  resume_job() noexcept : job(&resume_job::resume) {}
  std::coroutine_handle<> coroutine;

 private:
  static void resume(job& self) noexcept { static_cast<resume_job&>(self).coroutine.resume(); }
};

/// First in, first out. Not thread-safe.
class run_queue {
 public:
  /// Queues `what` unless it is queued already.
  void push(job& what) noexcept {
    if (!what.linked()) jobs_.push_back(what);
  }
  [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }
  /// Queues all that `other` holds.
  void take(run_queue& other) noexcept { jobs_.splice_back(other.jobs_); }
  /// Runs what is queued now; what that queues waits for the next round, so nobody is starved.
  void run_round() noexcept {
    intrusive_list<job> round;
    round.splice_back(jobs_);
    while (job* next = round.pop_front()) next->run();
  }

 private:
  intrusive_list<job> jobs_;
};

}  // namespace musubi
