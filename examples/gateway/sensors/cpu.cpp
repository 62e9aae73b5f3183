#include "sensors/cpu.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

namespace gateway {

/// "cpu3 user nice system idle iowait irq softirq steal ..."; the numbers after these are already
/// included in user and nice.
std::optional<cpu_line> parse_cpu(std::string_view line) noexcept {
  constexpr std::size_t idle = 3;
  constexpr std::size_t iowait = 4;
  std::string_view name = take_word(line);
  if (!name.starts_with("cpu")) return std::nullopt;
  name.remove_prefix(3);
  cpu_line found;
  if (!name.empty()) {
    found.number = to_number<std::uint16_t>(name);
    if (!found.number) return std::nullopt;
  }
  std::size_t index = 0;
  for (; index < 8; ++index) {
    const std::string_view word = take_word(line);
    if (word.empty()) break;  // kernels before 2.6 report fewer
    const auto value = to_number<std::uint64_t>(word);
    if (!value) return std::nullopt;
    (index == idle || index == iowait ? found.spent.idle : found.spent.busy) += *value;
  }
  if (index <= idle) return std::nullopt;
  return found;
}

std::optional<float> cpu_busy(const cpu_ticks& before, const cpu_ticks& now) noexcept {
  // The kernel's iowait may decrease a little, and a core that was switched off restarts at 0.
  if (now.busy < before.busy) return std::nullopt;
  const std::uint64_t worked = now.busy - before.busy;
  const std::uint64_t rested = now.idle - std::min(before.idle, now.idle);
  const std::uint64_t all = worked + rested;
  if (all == 0 || all < worked) return std::nullopt;
  return percent(worked, all);
}

cpu_reading cpu_sensor::sample() noexcept {
  cpu_reading reading;
  musubi::list<core, 64> cores;
  std::optional<cpu_ticks> all;

  file_reader reader(files_);
  line_reader lines(reader, reader.path("/proc/stat"));
  while (const auto line = lines.next()) {
    if (!line->starts_with("cpu")) break;  // the lines of processors come first
    const auto now = parse_cpu(*line);
    if (!now) continue;
    if (!now->number) {
      if (all_) reading.busy = cpu_busy(*all_, now->spent);
      all = now->spent;
      continue;
    }
    if (!cores.push_back({*now->number, now->spent})) {
      ++reading.cores_hidden;
      continue;
    }
    const auto before = std::find_if(cores_.begin(), cores_.end(), [&](const core& known) {
      return known.number == *now->number;
    });
    core_load load{.number = *now->number, .busy = std::nullopt};
    if (before != cores_.end()) load.busy = cpu_busy(before->spent, now->spent);
    (void)reading.cores.push_back(load);
  }
  if (reader.failed()) {
    last_.stale = true;
    last_.peak = peak_;
    return last_;
  }

  all_ = all;
  cores_ = cores;
  if (reading.busy) peak_ = std::max(peak_.value_or(0.0F), *reading.busy);
  reading.peak = peak_;
  return last_ = reading;
}

}  // namespace gateway
