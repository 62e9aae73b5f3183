#include "sensors/memory.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <iterator>

namespace gateway {
namespace {

enum field { total, free_, available, buffers, cached, reclaimable, swap_total, swap_free, fields };
constexpr std::string_view names[fields] = {
    "MemTotal:", "MemFree:",      "MemAvailable:", "Buffers:",
    "Cached:",   "SReclaimable:", "SwapTotal:",    "SwapFree:"};

}  // namespace

std::optional<memory_reading> read_memory(const file_tree& files) noexcept {
  std::optional<std::uint64_t> bytes[fields];
  line_reader lines(files.path("/proc/meminfo"));
  while (auto line = lines.next()) {
    std::string_view rest = *line;
    const auto* name = std::find(std::begin(names), std::end(names), take_word(rest));
    if (name == std::end(names)) continue;
    if (const auto kib = take_number<std::uint64_t>(rest)) bytes[name - names] = *kib * 1024;
  }
  if (!bytes[total] || !bytes[free_]) return std::nullopt;

  const auto value = [&](field which) { return bytes[which].value_or(0); };
  memory_reading reading;
  reading.total = value(total);
  reading.cached = value(buffers) + value(cached) + value(reclaimable);
  // Kernels before 3.14 do not tell what is available: what is free or easily freed, then.
  reading.available =
      std::min(bytes[available].value_or(value(free_) + reading.cached), reading.total);
  reading.used = reading.total - reading.available;
  if (value(swap_total) > 0 && bytes[swap_free]) {
    reading.swap = swap_reading{value(swap_total),
                                value(swap_total) - std::min(value(swap_free), value(swap_total))};
  }
  return reading;
}

}  // namespace gateway
