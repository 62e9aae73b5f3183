#include "sensors/load.hpp"

#include "sensors/scan.hpp"

namespace gateway {

std::optional<load_average> read_load(const file_tree& files) noexcept {
  char buffer[128];
  auto rest = file_tree::line(files.path("/proc/loadavg"), buffer);
  float averages[3];
  if (!rest || !take_numbers(*rest, averages)) return std::nullopt;
  return load_average{averages[0], averages[1], averages[2]};
}

std::optional<std::uint64_t> read_uptime(const file_tree& files) noexcept {
  char buffer[64];
  auto rest = file_tree::line(files.path("/proc/uptime"), buffer);
  if (!rest) return std::nullopt;
  const auto seconds = take_number<double>(*rest);
  if (!seconds || !(*seconds >= 0)) return std::nullopt;
  return static_cast<std::uint64_t>(*seconds);
}

}  // namespace gateway
