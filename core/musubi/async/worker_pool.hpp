#pragma once
/// How blocking work reaches the threads of a port.

#include <cstddef>
#include <cstdint>

#include <musubi/async/internal/run_queue.hpp>
#include <musubi/async/remote.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

class runtime;

/// The most bytes of one piece of work, and of its result, a `status` or a `result<T>`, which takes
/// its place.
inline constexpr std::size_t offload_bytes = 1024;

/// One piece of work on its way through a pool. It holds the function, then the result, so neither
/// depends on the caller's lifetime:
///
///           take           submit            a thread             the host
///   free ---------> held ---------> waiting ---------> running ---------> done
///     ^                                |                  |                 |
///     +------ released ----------------+                  |         fetched |
///     +------ released: the result is destroyed ----------+                 |
///     +---------------------------------------------------------------------+
class work_slot : public link, public remote_job {
 public:
  enum class state : std::uint8_t { free, held, waiting, running, done };
  work_slot() noexcept : remote_job(&work_slot::arrived) {}
  work_slot(const work_slot&) = delete;
  work_slot& operator=(const work_slot&) = delete;

  // Set between `take` and `submit`, by the host's thread.
  void (*run)(work_slot&) noexcept = nullptr;   ///< replaces the function by its result
  void (*drop)(work_slot&) noexcept = nullptr;  ///< destroys the function or the result
  const void* turn = nullptr;  ///< work with the same turn runs one at a time, in order
  bool kept = false;           ///< run even when the result is no longer wanted
  bool answered = false;       ///< the slot holds the result

  // Owned and guarded by the pool.
  state now = state::free;
  runtime* host = nullptr;  ///< receives the result; null when it is no longer wanted

  // Used by the host's thread.
  job* awaiting = nullptr;  ///< resumed when the result is there
  bool has_arrived = false;

  /// The content of the slot, as a `T`.
  template <class T>
  [[nodiscard]] T* as() noexcept {
    return static_cast<T*>(static_cast<void*>(bytes));
  }
  alignas(std::max_align_t) std::byte bytes[offload_bytes];

 private:
  static void arrived(remote_job& self) noexcept;
};

/// The threads of a port, as `offload` sees them. One pool may serve several hosts; it outlives
/// their coroutines. `take`, `submit` and `release` are called on the hosts' threads and return at
/// once.
class worker_pool {
 public:
  /// Takes a slot to fill, or fails with the name of the limit.
  [[nodiscard]] virtual result<work_slot*> take() noexcept = 0;
  /// Queues the work. `filled.host` is notified when it is done.
  virtual void submit(work_slot& filled) noexcept = 0;
  /// Gives up a slot, in any state: the work ends as soon as it can.
  virtual void release(work_slot& left) noexcept = 0;
  /// Metrics of the slots. Call from any thread.
  [[nodiscard]] virtual pool_metrics metrics() const noexcept = 0;

 protected:
  ~worker_pool() = default;
};

}  // namespace musubi
