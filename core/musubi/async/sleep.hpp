#pragma once
/// Suspends a coroutine for some time.

#include <musubi/async/runtime.hpp>

namespace musubi {

/// Awaiter of `sleep`; lives in the coroutine's frame.
class sleep_awaiter {
 public:
  explicit sleep_awaiter(duration delay) noexcept : timer_(resume_), delay_(delay) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> self) noexcept {
    resume_.coroutine = self;
    runtime::current()->arm_after(timer_, delay_);
  }
  void await_resume() const noexcept {}

 private:
  resume_job resume_;
  timer timer_;
  duration delay_;
};

/// Suspends the calling coroutine for at least `delay` of the host's clock. A delay of zero lets
/// all other ready work run once. Cannot fail.
[[nodiscard]] inline sleep_awaiter sleep(duration delay) noexcept {
  return sleep_awaiter(delay);
}

}  // namespace musubi
