#pragma once
/// The load average, and how long the machine has been up.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace gateway {

/// Tasks that ran or waited for a disk, averaged over the last minutes.
struct load_average {
  float one = 0;
  float five = 0;
  float fifteen = 0;
  bool stale = false;     ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;  ///< seconds since it was read, while it is stale
};

/// The text of /proc/loadavg.
[[nodiscard]] std::optional<load_average> parse_load(std::string_view text) noexcept;
/// The text of /proc/uptime, in seconds.
[[nodiscard]] std::optional<std::uint64_t> parse_uptime(std::string_view text) noexcept;

/// Absent if the kernel does not report it.
[[nodiscard]] std::optional<load_average> read_load(file_reader& reader) noexcept;
/// Seconds since the machine started.
[[nodiscard]] std::optional<std::uint64_t> read_uptime(file_reader& reader) noexcept;

}  // namespace gateway
