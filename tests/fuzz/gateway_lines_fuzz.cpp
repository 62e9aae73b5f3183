/// Arbitrary bytes as the texts of /proc, line by line and as a whole: what a parser makes of them
/// is in its ranges, and refers to nothing beyond them.

#include "sensors/climate.hpp"
#include "sensors/cpu.hpp"
#include "sensors/disks.hpp"
#include "sensors/identity.hpp"
#include "sensors/load.hpp"
#include "sensors/memory.hpp"
#include "sensors/mounts.hpp"
#include "sensors/network.hpp"
#include "sensors/power.hpp"
#include "sensors/processes.hpp"
#include "sensors/scan.hpp"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace {

using namespace gateway;

void require(bool invariant) {
  if (!invariant) std::abort();
}

bool within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// Of two looks at the same counter.
std::optional<std::uint64_t> last;

void take_line(std::string_view line, memory_lines& memory) {
  memory.take(line);
  if (const auto mount = parse_mount(line)) {
    require(mount->point.view().starts_with('/') && within(mount->type, line));
    require(!is_local_disk(*mount) || mount->point.size() > 0);
  }
  if (const auto interface = parse_interface(line)) {
    require(!interface->name.empty() && within(interface->name, line));
    last = interface->received.bytes;
  }
  if (const auto disk = parse_disk(line)) require(within(disk->name, line));
  if (const auto now = parse_cpu(line)) {
    const auto busy = cpu_busy({now->spent.idle, now->spent.busy}, now->spent);
    require(!busy || (*busy >= 0.0F && *busy <= 100.0F));
  }
  if (const auto value = unquoted(line)) require(!value->empty());
  (void)is_placeholder(line);
  if (const auto hardware = parse_hardware(line)) require(hardware->view() == line);
  const link_state state =
      parse_link_state(line, last ? std::optional<std::int64_t>(1) : std::nullopt);
  if (const auto number = to_number<std::int64_t>(trimmed(line))) {
    if (const auto speed = link_speed(state, number)) require(*speed > 0 && *speed != 65535);
    for (const auto degrees : {chip_celsius(line, *number), zone_celsius(*number)}) {
      require(!degrees || (*degrees >= -100.0F && *degrees <= 250.0F));
    }
    const auto limit = celsius_limit(*number);
    require(!limit || *limit >= 0.0F);
    (void)fan_turns(*number);
    const auto percent = battery_percent(*number);
    require(!percent || (*percent >= 0.0F && *percent <= 100.0F));
    const auto value = supply_value(*number);
    require(!value || (*value >= -1000.0 && *value <= 1000.0));
  }
  (void)parse_supply(line);
  (void)parse_battery_state(line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  last.reset();
  counter total;
  clock::time_point now{std::chrono::hours(1)};
  memory_lines memory;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    take_line(rest.substr(0, end), memory);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (last) {
      const std::uint64_t before = total.sum();
      total.read(*last, now += std::chrono::milliseconds(size));
      // A step is at most what was read, or a wrap of 32 bits; the sum of the two may not fit 64.
      const std::uint64_t step = total.sum() - before;
      require(step <= *last || step - *last <= std::uint64_t{1} << 32);
      (void)total.rate(512);
    }
  }
  if (const auto reading = memory.reading()) {
    require(reading->total > 0 && reading->available <= reading->total);
    require(reading->used == reading->total - reading->available);
    require(!reading->swap || reading->swap->used <= reading->swap->total);
  }
  if (const auto load = parse_load(text)) require(load->one >= 0.0F && load->fifteen >= 0.0F);
  (void)parse_uptime(text);
  if (const auto process = parse_process(text)) require(within(process->name, text));

  // What is shown is text in UTF-8, printable, and as long as it fits.
  const auto name = shown<48>(text);
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t length = detail::character(rest);
    require(length > 0);
    rest.remove_prefix(length);
  }
  return 0;
}
