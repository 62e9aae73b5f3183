#include "sensors/cpu.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

namespace gateway {

/// user nice system idle iowait irq softirq steal; what follows is contained in user and nice.
std::optional<cpu_sensor::ticks> cpu_sensor::parse(std::string_view fields) noexcept {
  constexpr std::size_t idle = 3;
  constexpr std::size_t iowait = 4;
  ticks spent;
  std::size_t index = 0;
  for (; index < 8; ++index) {
    const std::string_view word = take_word(fields);
    if (word.empty()) break;  // kernels before 2.6 tell fewer
    const auto value = to_number<std::uint64_t>(word);
    if (!value) return std::nullopt;
    (index == idle || index == iowait ? spent.idle : spent.busy) += *value;
  }
  if (index <= idle) return std::nullopt;
  return spent;
}

std::optional<float> cpu_sensor::busy(const ticks& before, const ticks& now) noexcept {
  // The kernel's iowait may go back a little, and a core that was switched off starts anew.
  const std::uint64_t worked = now.busy - std::min(before.busy, now.busy);
  const std::uint64_t rested = now.idle - std::min(before.idle, now.idle);
  if (worked + rested == 0 || now.busy < before.busy) return std::nullopt;
  return percent(worked, worked + rested);
}

cpu_reading cpu_sensor::sample() noexcept {
  cpu_reading reading;
  musubi::list<core, 64> cores;
  std::optional<ticks> all;

  line_reader lines(files_.path("/proc/stat"));
  while (auto line = lines.next()) {
    std::string_view rest = *line;
    std::string_view name = take_word(rest);
    if (!name.starts_with("cpu")) break;  // they come first
    name.remove_prefix(3);
    const auto now = parse(rest);
    if (name.empty()) {
      if (now && all_) reading.busy = busy(*all_, *now);
      all = now;
      continue;
    }
    const auto number = to_number<std::uint16_t>(name);
    if (!number || !now) continue;
    if (!cores.push_back({*number, *now})) {
      ++reading.cores_hidden;
      continue;
    }
    const auto before = std::find_if(cores_.begin(), cores_.end(),
                                     [&](const core& known) { return known.number == *number; });
    core_load load{.number = *number, .busy = std::nullopt};
    if (before != cores_.end()) load.busy = busy(before->spent, *now);
    (void)reading.cores.push_back(load);
  }

  all_ = all;
  cores_ = cores;
  if (reading.busy) peak_ = std::max(peak_.value_or(0.0F), *reading.busy);
  reading.peak = peak_;
  return reading;
}

}  // namespace gateway
