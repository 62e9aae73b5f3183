#pragma once

#include <cstdint>
#include <ctime>

namespace loadgen {

/// Nanoseconds of the monotonic clock.
inline std::uint64_t now() noexcept {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_nsec);
}

inline constexpr double seconds(std::uint64_t nanoseconds) noexcept {
  return static_cast<double>(nanoseconds) / 1e9;
}
inline constexpr std::uint64_t nanoseconds(double seconds) noexcept {
  return static_cast<std::uint64_t>(seconds * 1e9);
}

}  // namespace loadgen
