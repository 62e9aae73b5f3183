#pragma once
/// Lets coroutines wait for something to happen on the same host.

#include <musubi/async/runtime.hpp>

namespace musubi {

/// `notify` resumes all waiting coroutines, through the run queue. Past notifications are not
/// remembered: check the condition, then wait, in a loop. One host only.
class event {
 public:
  constexpr event() noexcept = default;
  class awaiter : public link {
   public:
    explicit awaiter(event& on) noexcept : event_(&on) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> self) noexcept {
      resume_.coroutine = self;
      event_->waiting_.push_back(*this);
    }
    void await_resume() const noexcept {}

   private:
    friend class event;
    event* event_;
    resume_job resume_;
  };

  [[nodiscard]] awaiter wait() noexcept { return awaiter(*this); }
  /// True while a coroutine waits.
  [[nodiscard]] bool awaited() const noexcept { return !waiting_.empty(); }
  void notify() noexcept {
    while (awaiter* next = waiting_.pop_front()) runtime::current()->push(next->resume_);
  }

 private:
  intrusive_list<awaiter> waiting_;
};

}  // namespace musubi
