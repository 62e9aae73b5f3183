#pragma once
/// The number of threads for blocking work, and the most work at once.

#include <cstddef>

#include <musubi/async/clock.hpp>

namespace musubi {

/// The limits of `offload`.
struct worker_options {
  /// Threads, started with the host. A call that hangs occupies one, so use more than can hang at
  /// once. 0: none, and `offload` fails.
  unsigned threads = 4;
  /// Most pieces of work at once: waiting, running, or done and not yet fetched. A further one
  /// fails as `exhausted`, with the pool `offload_slots`.
  std::size_t slots = 32;
  /// How long the end of the program waits for running work and for `kept` work.
  duration stop_timeout = std::chrono::seconds(5);
};

}  // namespace musubi
