#pragma once
/// Work that waits for a thread, and the threads' way to it.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include <musubi/async/worker_pool.hpp>
#include <musubi/memory/block_pool.hpp>

namespace musubi::hosted {

/// A `worker_pool` of fixed slots, without threads of its own: `worker_threads` brings them, and a
/// test does the work itself, step by step. It is locked for a few instructions at a time, never
/// while work runs. Its memory is taken when it is constructed.
class work_queue final : public worker_pool {
 public:
  /// Room for so many pieces of work at once: waiting, running, or done and not yet fetched.
  explicit work_queue(std::size_t slots);
  work_queue(const work_queue&) = delete;
  work_queue& operator=(const work_queue&) = delete;
  /// Drops what was not begun. Nobody waits for anything of it any more.
  ~work_queue();

  [[nodiscard]] result<work_slot*> take() noexcept override;
  void submit(work_slot& filled) noexcept override;
  void release(work_slot& left) noexcept override;

  /// Does the oldest work whose turn it is, on the calling thread. False when there is none.
  bool run_next() noexcept;
  /// Does work on the calling thread, waiting for more, until `close`. What is `kept` is done
  /// before that.
  void serve() noexcept;
  /// Takes no more, and sends those who serve home. From any thread.
  void close() noexcept;

  /// The slots: how many are out, and how often there was none. From any thread.
  [[nodiscard]] pool_metrics metrics() const noexcept;

 private:
  using lock = std::unique_lock<std::mutex>;

  [[nodiscard]] work_slot* next_to_run() noexcept;
  [[nodiscard]] bool is_turn_of(const work_slot& waiting) noexcept;
  [[nodiscard]] bool may_leave() noexcept;
  void perform(work_slot& work, lock& held) noexcept;
  /// Puts back what is neither waiting nor running.
  void free(work_slot& unused) noexcept;

  mutable std::mutex lock_;  // of everything below
  std::condition_variable more_;
  std::unique_ptr<work_slot[]> slots_;
  intrusive_list<work_slot> free_;
  intrusive_list<work_slot> waiting_;  // the oldest first
  intrusive_list<work_slot> running_;
  pool_metrics metrics_;
  bool closed_ = false;
};

}  // namespace musubi::hosted
