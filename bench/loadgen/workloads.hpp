#pragma once

#include "loadgen/clock.hpp"
#include "loadgen/fleet.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace loadgen {

/// The workload, and how long it runs.
struct options {
  target server;
  pid_t process = 0;                        ///< of the server
  std::vector<std::size_t> clients = {64};  ///< `idle` takes several: one step each
  std::uint32_t depth = 1;                  ///< commands, or ticks, in flight at once
  std::size_t stalled = 0;                  ///< clients that do not read while the others do
  std::size_t in_flight = 64;               ///< clients that join at once
  double seconds = 3;
  double warm_up = 0.5;
  std::uint64_t operations = 0;      ///< if not 0, runs this many, without warm-up or time limit
  unsigned times = 5;                ///< starts of `start`
  std::vector<std::string> command;  ///< the program that `start` starts
};

/// Whether a run that began at `started` and has done `done` operations continues. It runs on after
/// its time if a busy machine has not done anything yet.
[[nodiscard]] inline bool goes_on(const options& chosen, std::uint64_t started,
                                  std::uint64_t done) noexcept {
  if (chosen.operations != 0) return done < chosen.operations;
  const double elapsed = seconds(now() - started);
  return elapsed < chosen.seconds || (done == 0 && elapsed < chosen.seconds + 10);
}

// Each prints its results as lines of JSON and returns the number of wrong messages.

/// W1: a closed loop of `increment`, each answered by a reply and a patch.
std::uint64_t run_commands(const options& chosen);
/// W2: a control client ticks; every sensor gets its own patch; then the next tick.
std::uint64_t run_pushes(const options& chosen);
/// W3: the cost of joining, and of clients that then do nothing.
std::uint64_t run_idle(const options& chosen);
/// W4: the time from the program's start to its first 101.
std::uint64_t run_start(const options& chosen);

}  // namespace loadgen
