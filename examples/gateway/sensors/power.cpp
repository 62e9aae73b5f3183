#include "sensors/power.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

namespace gateway {
namespace {

battery_state state_of(std::string_view status) noexcept {
  if (status == "Charging") return battery_state::charging;
  if (status == "Discharging") return battery_state::discharging;
  if (status == "Full") return battery_state::full;
  if (status == "Not charging") return battery_state::idle;
  return battery_state::unknown;
}

/// One supply's folder, and its attributes.
class supply {
 public:
  supply(const file_tree& files, std::string_view name) noexcept : files_(files), name_(name) {}
  [[nodiscard]] musubi::text<32> word(std::string_view attribute) const noexcept {
    char buffer[64];
    return shown<32>(file_tree::line(file(attribute), buffer).value_or(""));
  }
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view attribute) const noexcept {
    return file_tree::number(file(attribute));
  }
  /// An attribute that counts millionths.
  [[nodiscard]] std::optional<double> micro(std::string_view attribute) const noexcept {
    const auto value = number(attribute);
    return value ? std::optional(static_cast<double>(*value) / 1e6) : std::nullopt;
  }

 private:
  [[nodiscard]] file_path file(std::string_view attribute) const noexcept {
    return files_.path("/sys/class/power_supply/", name_, "/", attribute);
  }
  const file_tree& files_;
  std::string_view name_;
};

std::optional<float> charge(const supply& from) noexcept {
  if (const auto percent = from.number("capacity"); percent && *percent >= 0 && *percent <= 100) {
    return static_cast<float>(*percent);
  }
  // Some drivers tell only how much there is and how much there could be.
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

battery describe(std::string_view name, const supply& from) noexcept {
  battery found;
  found.name = shown<32>(name);
  found.state = state_of(from.word("status"));
  found.percent = charge(from);
  const auto volts = from.micro("voltage_now");
  const auto amperes = from.micro("current_now");
  const auto watts = from.micro("power_now");
  if (volts) found.volts = tenths(*volts);
  // Drivers do not agree on the sign; the state tells the direction.
  if (watts) {
    found.watts = tenths(std::abs(*watts));
  } else if (volts && amperes) {
    found.watts = tenths(std::abs(*volts * *amperes));
  }
  return found;
}

}  // namespace

power_reading read_power(const file_tree& files) noexcept {
  power_reading reading;
  folder_reader names(files.path("/sys/class/power_supply"));
  while (auto name = names.next()) {
    const supply from(files, *name);
    const auto words = from.word("type");
    const std::string_view type = words;
    if (type == "Mains" || type == "USB") {
      if (const auto online = from.number("online")) {
        reading.mains = reading.mains.value_or(false) || *online > 0;
      }
    } else if (type == "Battery" && from.word("scope").view() != "Device" &&
               from.number("present").value_or(1) != 0) {
      if (!reading.batteries.push_back(describe(*name, from))) ++reading.batteries_hidden;
    }
  }
  std::sort(reading.batteries.begin(), reading.batteries.end(),
            [](const battery& a, const battery& b) { return a.name < b.name; });
  return reading;
}

}  // namespace gateway
