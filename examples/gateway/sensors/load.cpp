#include "sensors/load.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

namespace gateway {

std::optional<load_average> parse_load(std::string_view text) noexcept {
  float averages[3];
  if (!take_numbers(text, averages)) return std::nullopt;
  const auto makes_sense = [](float each) { return each >= 0.0F && each < 1e6F; };  // nor NaN
  if (!std::all_of(std::begin(averages), std::end(averages), makes_sense)) return std::nullopt;
  return load_average{.one = averages[0], .five = averages[1], .fifteen = averages[2]};
}

std::optional<std::uint64_t> parse_uptime(std::string_view text) noexcept {
  const auto seconds = take_number<double>(text);
  if (!seconds || !(*seconds >= 0) || !(*seconds < 1e12)) return std::nullopt;
  return static_cast<std::uint64_t>(*seconds);
}

std::optional<load_average> read_load(file_reader& reader) noexcept {
  char buffer[128];
  return parse_load(reader.line(reader.path("/proc/loadavg"), buffer).value_or(""));
}

std::optional<std::uint64_t> read_uptime(file_reader& reader) noexcept {
  char buffer[64];
  return parse_uptime(reader.line(reader.path("/proc/uptime"), buffer).value_or(""));
}

}  // namespace gateway
