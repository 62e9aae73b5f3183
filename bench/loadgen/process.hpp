#pragma once
/// CPU time and memory of a process: the server, or the load generator.

#include <cstddef>
#include <sys/types.h>

namespace loadgen {

/// Ends the program with a message and the system's error, if any.
[[noreturn]] void fail(const char* what);

/// CPU time of a process, in seconds.
struct cpu_time {
  double user = 0;    ///< outside of the kernel
  double kernel = 0;  ///< in the kernel
  double run = 0;     ///< both, from the scheduler, which counts nanoseconds instead of clock ticks

  friend cpu_time operator-(const cpu_time& a, const cpu_time& b) noexcept {
    return {a.user - b.user, a.kernel - b.kernel, a.run - b.run};
  }
};
[[nodiscard]] cpu_time cpu_of(pid_t process);

/// Memory of a process, in bytes.
struct memory_use {
  std::size_t resident = 0;
  std::size_t anonymous = 0;  ///< not backed by the file of the program or of a library
};
[[nodiscard]] memory_use memory_of(pid_t process);

}  // namespace loadgen
