#pragma once
/// Batteries and mains power, if the machine has them.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

enum class battery_state : std::uint8_t { charging, discharging, full, idle, unknown };

/// A battery, or an uninterruptible supply.
struct battery {
  musubi::text<32> name;
  battery_state state = battery_state::unknown;
  std::optional<float> percent;
  std::optional<float> watts;  ///< flowing in or out, as `state` tells
  std::optional<float> volts;
  bool stale = false;     ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;  ///< seconds since it was read, while it is stale
};

/// If there are more batteries than fit, the first are listed and the others counted.
struct power_reading {
  static constexpr std::string_view module = "Gateway.Power";
  static constexpr std::size_t most = 4;
  musubi::list<battery, most> batteries;
  std::uint16_t batteries_hidden = 0;
  std::optional<bool> mains;  ///< whether it is plugged in; absent if unknown
};

/// What a power supply is, by the word in its `type`.
enum class supply_kind : std::uint8_t { battery, mains, other };
[[nodiscard]] supply_kind parse_supply(std::string_view type) noexcept;
/// From the word in `status`.
[[nodiscard]] battery_state parse_battery_state(std::string_view status) noexcept;
/// From the number in `capacity`. A little more than 100 counts as full, because the estimate may
/// be too low.
[[nodiscard]] std::optional<float> battery_percent(std::int64_t told) noexcept;
/// From a number that counts millionths of a volt, an ampere or a watt. Absent if it is all ones,
/// which means that the firmware does not know.
[[nodiscard]] std::optional<double> supply_value(std::int64_t told) noexcept;

/// Reads /sys/class/power_supply. Ignores the batteries of mice and keyboards.
class power_sensor {
 public:
  explicit power_sensor(const file_tree& files) noexcept : files_(files) {}
  [[nodiscard]] power_reading sample() noexcept;

 private:
  file_tree files_;
  power_reading last_;
};

}  // namespace gateway
