#pragma once
/// How work that may block reaches the threads of a port.

#include <cstddef>
#include <cstdint>

#include <musubi/async/remote.hpp>
#include <musubi/async/run_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

class runtime;

/// Bytes that one piece of work may take, and then its answer, which is a `status` or a `result`.
inline constexpr std::size_t offload_bytes = 1024;

/// One piece of work on its way through a pool. It holds the function, then the answer, so that
/// neither depends on the caller still being there:
///
///           take           submit            a thread             the host
///   free ---------> held ---------> waiting ---------> running ---------> done
///     ^                                |                  |                 |
///     +------ nobody wants it ---------+                  |  it was fetched |
///     +------ nobody wants it: the answer is destroyed ---+                 |
///     +---------------------------------------------------------------------+
class work_slot : public link, public remote_job {
 public:
  enum class state : std::uint8_t { free, held, waiting, running, done };
  work_slot() noexcept : remote_job(&work_slot::arrived) {}
  work_slot(const work_slot&) = delete;
  work_slot& operator=(const work_slot&) = delete;

  // Set between `take` and `submit`, by the host's thread.
  void (*run)(work_slot&) noexcept = nullptr;   ///< puts the answer in place of the function
  void (*drop)(work_slot&) noexcept = nullptr;  ///< destroys whichever of them is there
  const void* turn = nullptr;  ///< work with the same is done one at a time, in order
  bool kept = false;           ///< done even when nobody waits for the answer any more
  bool answered = false;       ///< what is in place is the answer

  // Of the pool, which guards them.
  state now = state::free;
  runtime* host = nullptr;  ///< where the answer goes; null when nobody wants it

  // Of the host's thread.
  job* awaiting = nullptr;  ///< resumed when the answer is there
  bool has_arrived = false;

  /// What is in place, as a `T`.
  template <class T>
  [[nodiscard]] T* as() noexcept {
    return static_cast<T*>(static_cast<void*>(bytes));
  }
  alignas(std::max_align_t) std::byte bytes[offload_bytes];

 private:
  static void arrived(remote_job& self) noexcept;
};

/// The threads of a port, as `offload` sees them. One may serve several hosts; it outlives their
/// coroutines. `take`, `submit` and `release` come from the hosts' threads, and return at once.
class worker_pool {
 public:
  /// A slot to be filled, or why there is none: the limit, by name.
  [[nodiscard]] virtual result<work_slot*> take() noexcept = 0;
  /// Has it done. `filled.host` is told.
  virtual void submit(work_slot& filled) noexcept = 0;
  /// Nobody waits for it any more: it ends as soon as it can, wherever it is on its way.
  virtual void release(work_slot& left) noexcept = 0;

 protected:
  ~worker_pool() = default;
};

}  // namespace musubi
