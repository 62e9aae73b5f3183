#pragma once
/// The load average, and how long the machine has been up.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>

namespace gateway {

/// Tasks that ran or waited for a disk, averaged over the last minutes.
struct load_average {
  float one = 0;
  float five = 0;
  float fifteen = 0;
};

/// Absent where the kernel does not tell.
[[nodiscard]] std::optional<load_average> read_load(const file_tree& files) noexcept;

/// Seconds since the machine started.
[[nodiscard]] std::optional<std::uint64_t> read_uptime(const file_tree& files) noexcept;

}  // namespace gateway
