#pragma once
/// Temperatures and fans, where the machine has sensors for them.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

struct temperature {
  musubi::text<48> name;
  float celsius = 0;
  std::optional<float> limit;  ///< where the hardware calls it too hot
};

struct fan {
  musubi::text<48> name;
  std::uint32_t turns = 0;  ///< per minute
};

/// Of more sensors than fit, the first are shown and the others counted.
struct climate_reading {
  static constexpr std::string_view module = "Gateway.Climate";
  static constexpr std::size_t most_temperatures = 16;
  static constexpr std::size_t most_fans = 8;
  musubi::list<temperature, most_temperatures> temperatures;
  std::uint16_t temperatures_hidden = 0;
  musubi::list<fan, most_fans> fans;
  std::uint16_t fans_hidden = 0;
};

/// Reads /sys/class/hwmon, and of /sys/class/thermal what is not there too.
[[nodiscard]] climate_reading read_climate(const file_tree& files) noexcept;

}  // namespace gateway
