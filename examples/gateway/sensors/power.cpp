#include "sensors/power.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <cmath>

namespace gateway {
namespace {

/// The folder of a power supply, and its attributes.
class supply {
 public:
  supply(file_reader& reader, std::string_view name) noexcept : reader_(reader), name_(name) {}
  [[nodiscard]] musubi::text<32> word(std::string_view attribute) const noexcept {
    char buffer[64];
    return shown<32>(reader_.line(file(attribute), buffer).value_or(""));
  }
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view attribute) const noexcept {
    return reader_.number(file(attribute));
  }
  [[nodiscard]] std::optional<double> value(std::string_view attribute) const noexcept {
    const auto told = number(attribute);
    return told ? supply_value(*told) : std::nullopt;
  }

 private:
  [[nodiscard]] file_path file(std::string_view attribute) const noexcept {
    return reader_.path("/sys/class/power_supply/", name_, "/", attribute);
  }
  file_reader& reader_;
  std::string_view name_;
};

std::optional<float> charge(const supply& from) noexcept {
  if (const auto told = from.number("capacity")) {
    if (const auto percent = battery_percent(*told)) return percent;
  }
  // Some drivers report only the current amount and the full amount.
  for (const auto& [now, full] :
       {std::pair("energy_now", "energy_full"), std::pair("charge_now", "charge_full")}) {
    const auto part = from.number(now);
    const auto whole = from.number(full);
    if (part && whole && *part >= 0 && *whole > 0) {
      return percent(static_cast<std::uint64_t>(*part), static_cast<std::uint64_t>(*whole));
    }
  }
  return std::nullopt;
}

/// Reads a battery. It is stale if its essential values could not be read.
battery describe(const file_tree& files, std::string_view name, bool& exhausted) noexcept {
  file_reader essential(files);
  file_reader other(files);
  const supply from(essential, name);
  const supply also(other, name);
  battery found;
  found.name = shown<32>(name);
  found.state = parse_battery_state(from.word("status"));
  found.percent = charge(from);
  found.stale = essential.failed();
  const auto volts = also.value("voltage_now");
  const auto amperes = also.value("current_now");
  const auto watts = also.value("power_now");
  if (volts && *volts > 0) found.volts = tenths(*volts);
  // The sign differs between drivers; the state gives the direction.
  if (watts) {
    found.watts = tenths(std::abs(*watts));
  } else if (found.volts && amperes) {
    found.watts = tenths(std::abs(*volts * *amperes));
  }
  exhausted = exhausted || essential.exhausted() || other.exhausted();
  return found;
}

}  // namespace

supply_kind parse_supply(std::string_view type) noexcept {
  if (type == "Battery" || type == "UPS") return supply_kind::battery;
  if (type == "Mains" || type == "BrickID" || type == "Wireless" || type.starts_with("USB")) {
    return supply_kind::mains;
  }
  return supply_kind::other;
}

battery_state parse_battery_state(std::string_view status) noexcept {
  if (status == "Charging") return battery_state::charging;
  if (status == "Discharging") return battery_state::discharging;
  if (status == "Full") return battery_state::full;
  if (status == "Not charging") return battery_state::idle;
  return battery_state::unknown;
}

std::optional<float> battery_percent(std::int64_t told) noexcept {
  if (told < 0 || told > 110) return std::nullopt;
  return static_cast<float>(std::min<std::int64_t>(told, 100));
}

std::optional<double> supply_value(std::int64_t told) noexcept {
  constexpr std::int64_t most = 1'000'000'000;  // a thousand volts, amperes or watts
  // The largest 16-bit number means "unknown", in thousandths or converted to millionths.
  if (told > most || told < -most || told == 65'535'000 || told == 65'535) return std::nullopt;
  return static_cast<double>(told) / 1e6;
}

power_reading power_sensor::sample() noexcept {
  power_reading reading;
  file_reader reader(files_);
  file_reader switches(files_);
  bool exhausted = false;
  folder_reader names(reader, reader.path("/sys/class/power_supply"));
  while (const auto name = names.next()) {
    const supply from(switches, *name);
    const supply_kind kind = parse_supply(from.word("type"));
    if (kind == supply_kind::other || from.word("scope").view() == "Device") continue;
    if (kind == supply_kind::mains) {
      if (const auto online = from.number("online")) {
        reading.mains = reading.mains.value_or(false) || *online > 0;
      }
    } else if (from.number("present").value_or(1) != 0) {
      battery found = describe(files_, *name, exhausted);
      if (found.stale) {
        const auto* known =
            std::find_if(last_.batteries.begin(), last_.batteries.end(),
                         [&](const battery& other) { return other.name == found.name; });
        if (known != last_.batteries.end()) found = *known;
        found.stale = true;
      }
      if (!reading.batteries.push_back(found)) ++reading.batteries_hidden;
    }
  }
  if (exhausted || reader.failed() || switches.exhausted()) {
    for (battery& each : last_.batteries) each.stale = true;
    return last_;
  }
  if (switches.failed() && !reading.mains) reading.mains = last_.mains;
  std::sort(reading.batteries.begin(), reading.batteries.end(),
            [](const battery& a, const battery& b) { return a.name < b.name; });
  return last_ = reading;
}

}  // namespace gateway
