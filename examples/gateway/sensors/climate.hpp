#pragma once
/// Temperatures and fans, if the machine has sensors for them.

#include "sensors/chip.hpp"
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
  std::optional<float> limit;  ///< the temperature at which the hardware is too hot
  bool stale = false;          ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;       ///< seconds since it was read, while it is stale
};

struct fan {
  musubi::text<48> name;
  std::uint32_t turns = 0;  ///< per minute
  bool stale = false;       ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;    ///< seconds since it was read, while it is stale
};

/// If there are more sensors than fit, the first are listed and the others counted. Names are
/// unique.
struct climate_reading {
  static constexpr std::string_view module = "Gateway.Climate";
  static constexpr std::size_t most_temperatures = 16;
  static constexpr std::size_t most_fans = 8;
  musubi::list<temperature, most_temperatures> temperatures;
  std::uint16_t temperatures_hidden = 0;
  musubi::list<fan, most_fans> fans;
  std::uint16_t fans_hidden = 0;
};

/// Lists the chips of /sys/class/hwmon, and those of /sys/class/thermal that are not in hwmon. If a
/// channel could not be read, shows its last value as stale.
class climate_sensor {
 public:
  /// `chips` must outlive the sensor.
  climate_sensor(const file_tree& files, chip_source& chips) noexcept
      : files_(files), chips_(&chips) {}
  [[nodiscard]] climate_reading sample() noexcept;

 private:
  file_tree files_;
  chip_source* chips_;
  climate_reading last_;
};

}  // namespace gateway
