#pragma once
/// The readings of the sensors, as sent to the pages.

#include "sensors/climate.hpp"
#include "sensors/cpu.hpp"
#include "sensors/disks.hpp"
#include "sensors/load.hpp"
#include "sensors/memory.hpp"
#include "sensors/network.hpp"
#include "sensors/power.hpp"
#include "sensors/processes.hpp"

#include <cstdint>
#include <optional>

#include <musubi/memory/safe_integer.hpp>

namespace gateway {

/// What every machine has, and the number of looks.
struct vitals {
  std::uint32_t looks = 0;                     ///< grows by one with each look
  std::optional<musubi::safe_integer> uptime;  ///< seconds
  /// The uptime when the counters were last reset.
  std::optional<musubi::safe_integer> counting_since;
  std::optional<load_average> load;
  cpu_reading processor;
  std::optional<memory_reading> memory;
};

/// The columns of the machine's past.
struct machine_value {
  enum column : std::uint8_t { processor, memory, received, sent, read, written, count };
};

struct environment {
  climate_reading climate;
  power_reading power;
};

}  // namespace gateway
