#pragma once
/// The load of the processor, overall and per core.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>

namespace gateway {

/// One core, by the kernel's number: cores that are switched off leave gaps.
struct core_load {
  std::uint16_t number = 0;
  std::optional<float> busy;  ///< percent; absent until there are two looks to compare
};

/// If there are more cores than fit, the first are listed and the others counted.
struct cpu_reading {
  static constexpr std::string_view module = "Gateway.Processor";
  std::optional<float> busy;  ///< percent of all cores together
  std::optional<float> peak;  ///< the highest `busy` since the last reset
  musubi::list<core_load, 64> cores;
  std::uint16_t cores_hidden = 0;  ///< cores beyond those in the list
  bool stale = false;              ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;           ///< seconds since it was read, while it is stale
};

/// Ticks that a processor spent since the machine started.
struct cpu_ticks {
  std::uint64_t busy = 0;
  std::uint64_t idle = 0;
};

/// A line of /proc/stat about processors.
struct cpu_line {
  std::optional<std::uint16_t> number;  ///< absent for all of them together
  cpu_ticks spent;
};
[[nodiscard]] std::optional<cpu_line> parse_cpu(std::string_view line) noexcept;

/// The load between two looks, in percent; absent when it cannot be determined.
[[nodiscard]] std::optional<float> cpu_busy(const cpu_ticks& before, const cpu_ticks& now) noexcept;

/// Reads /proc/stat and compares it with the last look.
class cpu_sensor {
 public:
  explicit cpu_sensor(const file_tree& files) noexcept : files_(files) {}
  [[nodiscard]] cpu_reading sample() noexcept;
  /// Forgets the peak.
  void reset() noexcept { peak_.reset(); }

 private:
  struct core {
    std::uint16_t number = 0;
    cpu_ticks spent;
  };

  file_tree files_;
  std::optional<cpu_ticks> all_;
  musubi::list<core, 64> cores_;
  std::optional<float> peak_;
  cpu_reading last_;
};

}  // namespace gateway
