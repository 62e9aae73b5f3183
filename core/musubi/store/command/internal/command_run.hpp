#pragma once
/// A command whose handler is a coroutine.

#include <coroutine>

#include <musubi/async/event.hpp>
#include <musubi/async/internal/coroutine_owner.hpp>
#include <musubi/async/task.hpp>

namespace musubi {

class page;
class command_promise;

/// Owns the coroutine, as a task does. What a page needs only while a handler is suspended is in
/// the coroutine's frame: an idle page has one pointer for it. To cancel it, destroy it.
class [[nodiscard]] command_run : public detail::coroutine_owner<command_promise> {
 public:
  using promise_type = command_promise;

  command_run() noexcept = default;

  /// Runs a valid one up to its first suspension. `page::settled` is called when it has ended.
  void start(page& on) noexcept;
  /// Its reply waits until the client can be written to: `drained` is notified then. Null: no
  /// longer.
  void wait_for_client(event* drained) noexcept;
  /// The client can be written to. Only of a valid one.
  void client_ready() noexcept;

 private:
  friend command_promise;
  explicit command_run(std::coroutine_handle<command_promise> coroutine) noexcept
      : coroutine_owner(coroutine) {}
};

class command_promise : public detail::promise_base {
 public:
  command_run get_return_object() noexcept {
    return command_run(std::coroutine_handle<command_promise>::from_promise(*this));
  }
  static command_run get_return_object_on_allocation_failure() noexcept { return {}; }
  void return_void() const noexcept {}

 private:
  friend class command_run;
  struct end_job : job {
    end_job() noexcept : job(&end_job::call) {}
    static void call(job& self) noexcept;
    page* on = nullptr;
  };

  end_job ended_;
  event* drained_ = nullptr;
};

inline void command_run::start(page& on) noexcept {
  promise_type& promise = coroutine_.promise();
  promise.ended_.on = &on;
  promise.done_ = &promise.ended_;
  coroutine_.resume();
}

inline void command_run::wait_for_client(event* drained) noexcept {
  coroutine_.promise().drained_ = drained;
}

inline void command_run::client_ready() noexcept {
  if (event* const drained = coroutine_.promise().drained_) drained->notify();
}

}  // namespace musubi
