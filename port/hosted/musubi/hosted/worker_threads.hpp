#pragma once
/// The threads of a program for work that may block.

#include <memory>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/async/worker_pool.hpp>
#include <musubi/hosted/worker_options.hpp>
#include <musubi/memory/block_pool.hpp>

namespace musubi::hosted {

/// A fixed number of threads that do what hosts `offload`, the oldest first:
///
///     musubi::hosted::worker_threads threads{{.threads = 2}};
///     host.core().loop().employ(*threads.pool());
///
/// Everything is taken when it is constructed: the threads, and a slot for every piece of work.
/// Work that hangs in the kernel holds its thread and its slot until it returns; when all threads
/// hang, what comes waits, then is refused.
///
/// It outlives the coroutines of the hosts that it works for.
class worker_threads {
 public:
  /// Zero threads make none, and no memory for them.
  explicit worker_threads(const worker_options& chosen = {});
  worker_threads(const worker_threads&) = delete;
  worker_threads& operator=(const worker_threads&) = delete;
  ~worker_threads() { stop(); }

  /// Why there are fewer threads than were asked for, as a sentence; empty when there are not.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// For `runtime::employ`; null without threads.
  [[nodiscard]] worker_pool* pool() noexcept;
  /// Ends the threads: they take no more, do what was to be `kept`, and are waited for, at most
  /// `worker_options::stop_timeout` long. A thread that hangs longer is left behind: it ends with
  /// the program, or when its call returns, and touches nothing then but its work and its slot.
  /// Answers how many were left behind. Once; the destructor does it too.
  unsigned stop() noexcept;
  /// The slots, as every pool tells of itself; from any thread.
  [[nodiscard]] pool_metrics metrics() const noexcept;

 private:
  struct crew;
  std::shared_ptr<crew> crew_;  // with every thread: who is left behind still has it
  duration stop_timeout_;
  std::string_view problem_;
};

}  // namespace musubi::hosted
