#pragma once
/// Runs another program and waits for it.

#include <string>
#include <vector>

namespace musubi::rauc {

/// How a program ended, and the last 4 KiB that it printed to either output.
struct program_end {
  int exit_code = -1;  ///< -1: it could not be started, or was ended by a signal
  std::string printed;
};

/// Runs `arguments[0]` with these arguments, without a shell and without input. Blocks until it
/// ends: call it on a thread of `offload`. Allocates.
[[nodiscard]] program_end run_program(const std::vector<std::string>& arguments);

}  // namespace musubi::rauc
