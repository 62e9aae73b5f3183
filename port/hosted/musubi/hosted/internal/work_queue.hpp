#pragma once
/// The queue of work for a pool of threads.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include <musubi/async/worker_pool.hpp>
#include <musubi/memory/block_pool.hpp>

namespace musubi::hosted {

/// A `worker_pool` with a fixed number of slots and without threads: `worker_threads` adds them,
/// and a test runs the work itself, step by step. Locked only for a few instructions at a time,
/// never while work runs. All memory is allocated by the constructor.
class work_queue final : public worker_pool {
 public:
  /// `slots` is the most pieces of work at once: waiting, running, or done and not yet fetched.
  explicit work_queue(std::size_t slots);
  work_queue(const work_queue&) = delete;
  work_queue& operator=(const work_queue&) = delete;
  /// Drops work that has not started. Must not be called while a host waits for a result.
  ~work_queue();

  [[nodiscard]] result<work_slot*> take() noexcept override;
  void submit(work_slot& filled) noexcept override;
  void release(work_slot& left) noexcept override;
  [[nodiscard]] pool_metrics metrics() const noexcept override;

  /// Runs the oldest work whose turn it is, on the calling thread. Returns false when there is
  /// none.
  bool run_next() noexcept;
  /// Runs work on the calling thread, and waits for more, until `close`. Runs `kept` work before it
  /// returns.
  void serve() noexcept;
  /// Refuses further work, and makes `serve` return. Call from any thread.
  void close() noexcept;

 private:
  using lock = std::unique_lock<std::mutex>;

  [[nodiscard]] work_slot* next_to_run() noexcept;
  [[nodiscard]] bool is_turn_of(const work_slot& waiting) noexcept;
  [[nodiscard]] bool may_leave() noexcept;
  void perform(work_slot& work, lock& held) noexcept;
  /// Frees a slot that is neither waiting nor running.
  void free(work_slot& unused) noexcept;

  mutable std::mutex lock_;  // guards the members below
  std::condition_variable more_;
  std::unique_ptr<work_slot[]> slots_;
  intrusive_list<work_slot> free_;
  intrusive_list<work_slot> waiting_;  // the oldest first
  intrusive_list<work_slot> running_;
  pool_metrics metrics_;
  bool closed_ = false;
};

}  // namespace musubi::hosted
