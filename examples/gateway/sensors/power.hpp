#pragma once
/// Batteries and the mains, where the machine has them.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

enum class battery_state : std::uint8_t { charging, discharging, full, idle, unknown };

struct battery {
  musubi::text<32> name;
  battery_state state = battery_state::unknown;
  std::optional<float> percent;
  std::optional<float> watts;  ///< flowing in or out, as `state` tells
  std::optional<float> volts;
};

/// Of more batteries than fit, the first are shown and the others counted.
struct power_reading {
  static constexpr std::string_view module = "Gateway.Power";
  static constexpr std::size_t most = 4;
  musubi::list<battery, most> batteries;
  std::uint16_t batteries_hidden = 0;
  std::optional<bool> mains;  ///< whether it is plugged in; absent when the machine cannot tell
};

/// Reads /sys/class/power_supply. The batteries of mice and keyboards are not the machine's.
[[nodiscard]] power_reading read_power(const file_tree& files) noexcept;

}  // namespace gateway
