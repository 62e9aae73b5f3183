#pragma once
/// The threads of a program for blocking work.

#include <memory>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/async/worker_pool.hpp>
#include <musubi/hosted/worker_options.hpp>
#include <musubi/memory/block_pool.hpp>

namespace musubi::hosted {

/// A fixed number of threads that run what hosts `offload`, oldest first:
///
///     musubi::hosted::worker_threads threads{{.threads = 2}};
///     host.core().loop().employ(*threads.pool());
///
/// The constructor starts the threads and allocates all slots. Work that hangs in the kernel
/// occupies its thread and its slot until it returns; when all threads hang, further work waits,
/// and is refused when the slots are used up.
///
/// Must outlive the coroutines of the hosts that use it.
class worker_threads {
 public:
  /// With zero threads, nothing is started or allocated.
  explicit worker_threads(const worker_options& chosen = {});
  worker_threads(const worker_threads&) = delete;
  worker_threads& operator=(const worker_threads&) = delete;
  ~worker_threads() { stop(); }

  /// Why fewer threads were started than requested, as a sentence; empty if all were started.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// For `runtime::employ`; null without threads.
  [[nodiscard]] worker_pool* pool() noexcept;
  /// Stops the threads: they accept no more work, run `kept` work, and are joined within
  /// `worker_options::stop_timeout`. A thread that hangs longer is abandoned: it ends with the
  /// program, or when its call returns, and then uses only its work and its slot. Returns the
  /// number of abandoned threads. Call at most once; the destructor calls it otherwise.
  unsigned stop() noexcept;
  /// Metrics of the slots. Call from any thread.
  [[nodiscard]] pool_metrics metrics() const noexcept;

 private:
  struct crew;
  std::shared_ptr<crew> crew_;  // shared with the threads: an abandoned one still uses it
  duration stop_timeout_;
  std::string_view problem_;
};

}  // namespace musubi::hosted
