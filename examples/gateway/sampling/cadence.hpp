#pragma once
/// Numbers and times the looks of one sensor, and detects missed ones.

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <musubi/async/clock.hpp>

namespace gateway {

/// Milliseconds of the host's monotonic clock, for the time of samples and for the current time
/// with which a page compares it.
[[nodiscard]] constexpr std::uint64_t milliseconds(musubi::time_point when) noexcept {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count());
}

/// One look at something.
struct look {
  std::uint32_t number = 0;  ///< grows by one with each look
  std::uint64_t at = 0;      ///< its time, in `milliseconds`
  bool follows = false;  ///< the previous one was about a period ago, so none is missing in between
};

/// Counts the looks of one sensor.
class cadence {
 public:
  /// The next look, if one is due in every `period`.
  [[nodiscard]] look next(musubi::time_point now, musubi::duration period) noexcept {
    // A new period applies from the next look on; until then, the longer of the two counts.
    const bool follows = count_ != 0 && now - last_ <= 2 * std::max(period, period_);
    last_ = now;
    period_ = period;
    return {++count_, milliseconds(now), follows};
  }

 private:
  std::uint32_t count_ = 0;
  musubi::time_point last_{};
  musubi::duration period_{};
};

}  // namespace gateway
