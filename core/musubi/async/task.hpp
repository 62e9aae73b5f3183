#pragma once
/// Coroutines whose frames come from the host's pools.
///
///            start()/co_await            co_await something
///   created ----------------> running <----------------------> suspended
///      |                         | co_return                       |
///      |                         v                                 |
///      |                      finished --> its awaiter is queued   |
///      +---- ~task ------------- + ------------- ~task ------------+--> destroyed
///
/// A task starts when it is awaited or started. To cancel it, destroy it, at any time: that
/// destroys its locals in order and removes it from whatever it was waiting for. A task must not
/// destroy itself while it runs.

#include <musubi/mistake/value.hpp>

#include <coroutine>
#include <cstddef>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <musubi/async/internal/coroutine_owner.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/status.hpp>

#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace musubi {

template <class T = void>
class task;

namespace detail {

/// The result of awaiting a `task<T>`, which can always hold the error that there was no frame.
template <class T>
struct awaited {
  using type = result<T>;
};
template <>
struct awaited<void> {
  using type = status;
};
template <>
struct awaited<status> {
  using type = status;
};
template <class T>
struct awaited<result<T>> {
  using type = result<T>;
};

/// An exception thrown by a coroutine, to be rethrown to its awaiter. Behind a pointer, so that a
/// task has the same layout and functions in code compiled with exceptions and in the core, which
/// is compiled without: they pass tasks to each other.
class thrown {
 public:
  /// Rethrows the exception and destroys this object.
  virtual void rethrow() = 0;
  /// Destroys this object without rethrowing.
  virtual void drop() noexcept = 0;

 protected:
  ~thrown() = default;
};

#if defined(__cpp_exceptions)
/// Replaces an exception that could not be stored because there was no memory.
class caught_nothing final : public thrown {
 public:
  void rethrow() override { throw std::bad_alloc(); }
  void drop() noexcept override {}
};

class caught final : public thrown {
 public:
  void rethrow() override {
    std::exception_ptr kept = std::move(kept_);
    delete this;
    std::rethrow_exception(std::move(kept));
  }
  void drop() noexcept override { delete this; }

 private:
  std::exception_ptr kept_ = std::current_exception();
};
#endif

class promise_base {
 public:
  // A pointer to the frame's pool is stored before the frame and used by operator delete. That
  // works with every compiler, including those that elide allocations.
  static void* operator new(std::size_t bytes) noexcept {
    runtime* host = runtime::current();
    return host == nullptr ? nullptr : host->frames().allocate(bytes);
  }
  static void operator delete(void* frame) noexcept { frame_pools::deallocate(frame); }

  std::suspend_always initial_suspend() const noexcept { return {}; }
  struct final_awaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      // through the run queue, because symmetric transfer overflows the stack on g++ without
      // optimisation
      promise_base& promise = self.promise();
      if (promise.done_ != nullptr) promise.host_->push(*promise.done_);
    }
    void await_resume() const noexcept {}
  };
  final_awaiter final_suspend() const noexcept { return {}; }

#if defined(__cpp_exceptions)
  void unhandled_exception() noexcept {
    static caught_nothing no_memory;
    thrown_ = new (std::nothrow) caught;
    if (thrown_ == nullptr) thrown_ = &no_memory;
  }
#else
  void unhandled_exception() noexcept {}  // never called, never emitted
#endif
  void rethrow() {
    if (thrown_ != nullptr) std::exchange(thrown_, nullptr)->rethrow();
  }
  [[nodiscard]] bool threw() const noexcept {
    return thrown_ != nullptr;
  }

  promise_base() noexcept = default;
  promise_base(const promise_base&) = delete;
  promise_base& operator=(const promise_base&) = delete;

  job* done_ = nullptr;
  runtime* host_ = runtime::current();

 protected:
  ~promise_base() {
    if (thrown_ != nullptr) thrown_->drop();
  }

 private:
  thrown* thrown_ = nullptr;
};

template <class T>
class promise : public promise_base {
 public:
  using yielded = typename awaited<T>::type;
  task<T> get_return_object() noexcept;
  static task<T> get_return_object_on_allocation_failure() noexcept;
  template <class U = T>
  requires std::is_convertible_v<U&&, T>
  void return_value(U&& value) noexcept { value_.emplace(std::forward<U>(value)); }
  /// Does not compile, and says what to do.
  template <class U>
  requires(!std::is_convertible_v<U&&, T> &&
           (std::is_same_v<std::remove_cvref_t<U>, status> ||
            is_result<std::remove_cvref_t<U>>)) void return_value(U&&) noexcept {
    static_assert(sizeof(mistake::task_that_cannot_fail<T>) != 0);
  }
  yielded take() noexcept {
    if (!value_) return yielded(fail("the task ended without a value"));
    return yielded(std::move(*value_));
  }

 private:
  std::optional<T> value_;  // has no room for an error if the task yields none
};

template <>
class promise<void> : public promise_base {
 public:
  using yielded = status;
  task<void> get_return_object() noexcept;
  static task<void> get_return_object_on_allocation_failure() noexcept;
  void return_void() const noexcept {}
  status take() const noexcept { return {}; }
};

}  // namespace detail

/// A coroutine that yields a `T`. `co_await` on it returns a `result<T>` (a `status` for `task<>`;
/// for `task<status>` and `task<result<T>>`, just that type), which is an error if no frame was
/// free. A coroutine that can itself fail is a `task<status>` or `task<result<T>>`. Owns its frame.
/// Movable, not copyable.
template <class T>
class [[nodiscard]] task : public detail::coroutine_owner<detail::promise<T>> {
  using owner = detail::coroutine_owner<detail::promise<T>>;
  using owner::coroutine_;

 public:
  using promise_type = detail::promise<T>;
  using yielded = typename promise_type::yielded;

  task() noexcept = default;

  /// True when it has finished; also true for an invalid task.
  [[nodiscard]] bool done() const noexcept { return coroutine_ == nullptr || coroutine_.done(); }
  /// Starts a valid task that has not been started, and runs it up to its first suspension. `done`
  /// is queued when it ends.
  void start(job& done) noexcept {
    coroutine_.promise().done_ = &done;
    coroutine_.resume();
  }
  /// The result of a finished task. Rethrows its exception, if exceptions are enabled.
  yielded take() {
    if (coroutine_ == nullptr) return yielded(exhausted("coroutine_frames"));
    coroutine_.promise().rethrow();
    return coroutine_.promise().take();
  }

  class awaiter {
   public:
    explicit awaiter(task& awaited) noexcept : task_(&awaited) {}
    bool await_ready() const noexcept { return task_->done(); }
    void await_suspend(std::coroutine_handle<> parent) noexcept {
      resume_.coroutine = parent;
      task_->start(resume_);
    }
    yielded await_resume() { return task_->take(); }

   private:
    task* task_;
    resume_job resume_;
  };
  awaiter operator co_await() & noexcept { return awaiter(*this); }
  awaiter operator co_await() && noexcept { return awaiter(*this); }

  template <class Value>
  class value_or_awaiter : public awaiter {
   public:
    value_or_awaiter(task& awaited, Value otherwise) noexcept
        : awaiter(awaited), otherwise_(std::move(otherwise)) {}
    Value await_resume() {
      yielded got = awaiter::await_resume();
      return got.ok() ? std::move(*got) : std::move(otherwise_);
    }

   private:
    Value otherwise_;
  };
  /// Await this instead of the task to get a `T`, which is `otherwise` if no frame was free. The
  /// awaiting frame is smaller than with a `result`.
  ///
  ///     if (!co_await sending.value_or(false)) co_return;
  template <class Value = T>
  requires std::is_same_v<yielded, result<Value>>
  [[nodiscard]] value_or_awaiter<Value> value_or(std::type_identity_t<Value> otherwise) & noexcept {
    return {*this, std::move(otherwise)};
  }

 private:
  friend promise_type;
  explicit task(std::coroutine_handle<promise_type> coroutine) noexcept : owner(coroutine) {}
};

namespace detail {
template <class T>
inline constexpr bool is_task = false;
template <class T>
inline constexpr bool is_task<task<T>> = true;

template <class T>
task<T> promise<T>::get_return_object() noexcept {
  return task<T>(std::coroutine_handle<promise>::from_promise(*this));
}
template <class T>
task<T> promise<T>::get_return_object_on_allocation_failure() noexcept {
  return task<T>();
}
inline task<void> promise<void>::get_return_object() noexcept {
  return task<void>(std::coroutine_handle<promise>::from_promise(*this));
}
inline task<void> promise<void>::get_return_object_on_allocation_failure() noexcept {
  return task<void>();
}
}  // namespace detail

}  // namespace musubi
