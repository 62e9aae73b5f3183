#include "sensors/memory.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <iterator>

namespace gateway {
namespace {

enum field { total, free_, available, buffers, cached, reclaimable, shared, swap_total, swap_free };
constexpr std::string_view field_names[] = {
    "MemTotal:",     "MemFree:", "MemAvailable:", "Buffers:", "Cached:",
    "SReclaimable:", "Shmem:",   "SwapTotal:",    "SwapFree:"};

}  // namespace

void memory_lines::take(std::string_view line) noexcept {
  static_assert(std::size(field_names) == fields);
  constexpr std::uint64_t most = std::uint64_t{1} << 42;  // KiB; more than any machine has
  const auto* name = std::find(std::begin(field_names), std::end(field_names), take_word(line));
  if (name == std::end(field_names)) return;
  const auto kib = take_number<std::uint64_t>(line);
  if (kib && *kib <= most) bytes_[name - field_names] = *kib * 1024;
}

std::optional<memory_reading> memory_lines::reading() const noexcept {
  if (bytes_[total].value_or(0) == 0 || (!bytes_[free_] && !bytes_[available])) {
    return std::nullopt;
  }
  const auto value = [&](field which) { return bytes_[which].value_or(0); };
  const std::uint64_t kept = value(buffers) + value(cached) + value(reclaimable);
  memory_reading reading;
  reading.total = value(total);
  reading.cached = kept;
  // Kernels before 3.14 do not report available memory, so add up what is free or easily freed.
  // Shared memory counts as cached, but cannot be freed.
  const std::uint64_t freed = kept - std::min(value(shared), kept);
  reading.available = std::min(bytes_[available].value_or(value(free_) + freed), value(total));
  reading.used = reading.total - reading.available;
  if (value(swap_total) > 0 && bytes_[swap_free]) {
    reading.swap = swap_reading{value(swap_total),
                                value(swap_total) - std::min(value(swap_free), value(swap_total))};
  }
  return reading;
}

std::optional<memory_reading> read_memory(file_reader& reader) noexcept {
  memory_lines found;
  line_reader lines(reader, reader.path("/proc/meminfo"));
  while (const auto line = lines.next()) found.take(*line);
  return found.reading();
}

}  // namespace gateway
