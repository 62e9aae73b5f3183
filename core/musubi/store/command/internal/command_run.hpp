#pragma once
/// A command whose handler is a coroutine.

#include <coroutine>
#include <utility>

#include <musubi/async/event.hpp>
#include <musubi/async/task.hpp>

namespace musubi {

class page;

/// Owns the coroutine, as a task does. What a page needs only while a handler is suspended is in
/// the coroutine's frame: an idle page has one pointer for it. To cancel it, destroy it.
class [[nodiscard]] command_run {
 public:
  class promise_type;

  command_run() noexcept = default;
  command_run(command_run&& other) noexcept
      : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  command_run& operator=(command_run&& other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~command_run() { reset(); }

  /// False if no frame was free for the coroutine, or if there is no command.
  [[nodiscard]] bool valid() const noexcept { return coroutine_ != nullptr; }
  /// Runs a valid one up to its first suspension. `page::settled` is called when it has ended.
  void start(page& on) noexcept;
  /// Its reply waits until the client can be written to: `drained` is notified then. Null: no
  /// longer.
  void wait_for_client(event* drained) noexcept;
  /// The client can be written to. Only of a valid one.
  void client_ready() noexcept;
  /// True when it ended by throwing.
  [[nodiscard]] bool threw() const noexcept;
  void reset() noexcept {
    if (coroutine_ != nullptr) std::exchange(coroutine_, nullptr).destroy();
  }

 private:
  explicit command_run(std::coroutine_handle<promise_type> coroutine) noexcept
      : coroutine_(coroutine) {}
  std::coroutine_handle<promise_type> coroutine_ = nullptr;
};

class command_run::promise_type : public detail::promise_base {
 public:
  command_run get_return_object() noexcept {
    return command_run(std::coroutine_handle<promise_type>::from_promise(*this));
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

inline bool command_run::threw() const noexcept {
  return coroutine_ != nullptr && coroutine_.promise().threw();
}

}  // namespace musubi
