#pragma once
/// How many threads a program has for work that may block, and how much work at once.

#include <chrono>
#include <cstddef>

#include <musubi/async/clock.hpp>

namespace musubi {

/// The limits of `offload`.
struct worker_options {
  /// Threads, started with the host. A call that hangs holds one: have more than can hang at once.
  /// 0: none, and `offload` says that this port has none.
  unsigned threads = 4;
  /// Pieces of work at once: waiting, running, or done and not yet fetched. One more is refused as
  /// `exhausted`, with the pool `offload_slots`.
  std::size_t slots = 32;
  /// How long the end of the program waits for work that runs, and for what is to be kept.
  duration stop_timeout = std::chrono::seconds(5);
};

}  // namespace musubi
