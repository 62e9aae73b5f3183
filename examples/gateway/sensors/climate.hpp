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
  bool stale = false;          ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;       ///< seconds since it was read, while it is stale
};

struct fan {
  musubi::text<48> name;
  std::uint32_t turns = 0;  ///< per minute
  bool stale = false;       ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;    ///< seconds since it was read, while it is stale
};

/// Of more sensors than fit, the first are shown and the others counted. No two have the same name.
struct climate_reading {
  static constexpr std::string_view module = "Gateway.Climate";
  static constexpr std::size_t most_temperatures = 16;
  static constexpr std::size_t most_fans = 8;
  musubi::list<temperature, most_temperatures> temperatures;
  std::uint16_t temperatures_hidden = 0;
  musubi::list<fan, most_fans> fans;
  std::uint16_t fans_hidden = 0;
};

/// What a thermometer of hwmon tells, in thousandths of a degree, as degrees. Absent where the
/// number stands for "nothing is connected".
[[nodiscard]] std::optional<float> chip_celsius(std::string_view chip, std::int64_t told) noexcept;
/// What a thermal zone tells. Some kernels count whole degrees there; whether this one does cannot
/// be seen, so what is hardly more than zero is absent.
[[nodiscard]] std::optional<float> zone_celsius(std::int64_t told) noexcept;
/// A temperature at which hardware is too hot; absent where nobody set it.
[[nodiscard]] std::optional<float> celsius_limit(std::int64_t told) noexcept;
/// Absent where the number stands for "nothing is connected".
[[nodiscard]] std::optional<std::uint32_t> fan_turns(std::int64_t told) noexcept;

/// Reads /sys/class/hwmon, and of /sys/class/thermal what is not there too. What a sensor answers
/// with an error is shown as it was before.
class climate_sensor {
 public:
  explicit climate_sensor(const file_tree& files) noexcept : files_(files) {}
  [[nodiscard]] climate_reading sample() noexcept;

 private:
  file_tree files_;
  climate_reading last_;
};

}  // namespace gateway
