#pragma once
/// The running tasks of one page's stores (contract section 8.5).
///
///            the task ends, is cancelled,            the page takes the message
///   running -------------------------------> woken ----------------------------> applied, gone
///      |     or takes too long                 |
///      |  superseded: its end is ignored       |  its store is gone: destroyed with it
///      +---------------------------------------+--------------------------------> gone

#include <coroutine>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/task/internal/async_call.hpp>

namespace musubi {

class async_runs;

namespace detail {

#if defined(MUSUBI_TELEMETRY)
struct task_key {
  constexpr task_key() noexcept = default;
  constexpr task_key(std::string_view called, async_event::kind_of is) noexcept
      : name(called), kind(is) {}
  std::string_view name;
  async_event::kind_of kind{};
};
#else
struct task_key {
  char address = 0;
};
#endif

class async_run : public link {
 public:
  async_run(async_runs& all, context& of, const task_key* key) noexcept;
  async_run(const async_run&) = delete;
  async_run& operator=(const async_run&) = delete;

  /// Queued when the task has finished.
  [[nodiscard]] job& ended() noexcept { return ended_; }
  /// The store's context.
  [[nodiscard]] context& of() noexcept { return *of_; }
  /// Why the task was ended from outside; empty if it was not.
  [[nodiscard]] std::string_view exit() const noexcept { return exit_; }
  /// Records that the task has thrown.
  void threw() noexcept {
    if constexpr (telemetry_built) exit_ = exit_threw;
  }
  /// The page is handling it: what the body does now is seen by the next cycle.
  struct turn {
    async_run* run;
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> body) const noexcept { run->waiting_ = body; }
    void await_resume() const noexcept {}
  };
  [[nodiscard]] turn my_turn() noexcept { return {this}; }

 private:
  friend class musubi::async_runs;
  /// In the page's mailbox once it was woken.
  struct message : mail {
    async_run* run = nullptr;
  };
  struct run_job : job {
    run_job(async_run& owner, function body) noexcept : job(body), run(&owner) {}
    async_run* run;
  };
  void wake(std::string_view why) noexcept;

  async_runs* all_;
  context* of_;
  const task_key* key_;
  [[no_unique_address]] stopwatch since_;
  task<> body_;
  std::coroutine_handle<> waiting_;
  std::string_view exit_;
  message message_;
  run_job ended_;
  run_job expired_;
  run_job done_;
  timer deadline_{expired_};
  bool woken_ = false;
  bool superseded_ = false;
};

}  // namespace detail

/// All runs of one page. Its destructor destroys the running tasks.
class async_runs {
 public:
  explicit async_runs(page& owner) noexcept : page_(&owner) {}
  async_runs(const async_runs&) = delete;
  async_runs& operator=(const async_runs&) = delete;
  ~async_runs();

  /// Creates a run for `key` of the store whose context is `of`. An earlier run with the same key
  /// keeps running, but its result is ignored. Returns null when the pool is empty.
  [[nodiscard]] detail::async_run* make(context& of, const detail::task_key* key) noexcept;
  /// Starts `body`, which has been given the run.
  status start(detail::async_run& run, task<>&& body, duration timeout) noexcept;
  /// Ends the run for `key`, which fails with `reason`. No-op when there is none.
  void cancel(const context& of, const detail::task_key* key, std::string_view reason) noexcept;
  /// The store with this context has been destroyed.
  void store_gone(const context& of) noexcept;

 private:
  friend class detail::async_run;
  /// Ignores the result of the run for `key`.
  void forget(const context& of, const detail::task_key* key) noexcept;
  [[nodiscard]] detail::async_run* find(const context& of, const detail::task_key* key) noexcept;
  void release(detail::async_run& done) noexcept;
  void resume(detail::async_run& run) noexcept;
  [[nodiscard]] static async_event event_of(const detail::async_run& run) noexcept;
  void tell_end(const detail::async_run& run) noexcept;
  void tell_discard(const detail::async_run& run) noexcept;

  page* page_;
  intrusive_list<detail::async_run> runs_;
};

}  // namespace musubi
