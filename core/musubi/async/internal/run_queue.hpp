#pragma once
/// The queue of jobs that are ready to run.

#include <coroutine>

#include <musubi/memory/intrusive_list.hpp>

namespace musubi {

/// A job to run once, later, on the host's own thread. It is a member of its owner (an awaiter, a
/// page, a stream), so queueing it cannot fail; destroying the owner removes it from the queue.
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
  /// Queues `what` unless it is already queued.
  void push(job& what) noexcept {
    if (!what.linked()) jobs_.push_back(what);
  }
  [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }
  /// Moves all jobs of `other` to the end of this queue.
  void take(run_queue& other) noexcept { jobs_.splice_back(other.jobs_); }
  /// Runs the jobs that are queued now. Jobs that these queue wait for the next round, so none is
  /// starved.
  void run_round() noexcept {
    intrusive_list<job> round;
    round.splice_back(jobs_);
    while (job* next = round.pop_front()) next->run();
  }

 private:
  intrusive_list<job> jobs_;
};

}  // namespace musubi
