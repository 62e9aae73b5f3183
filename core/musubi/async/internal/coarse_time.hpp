#pragma once
/// Moments in half the memory, for what every client has.

#include <cstdint>

#include <musubi/async/clock.hpp>

namespace musubi {

/// A moment that is not long ago, in steps of about a millisecond (1024 us: a shift, where some
/// microcontrollers cannot divide).
class coarse_time {
 public:
  /// Longest duration that can be asked for: about 24 days.
  static constexpr duration longest{std::int64_t{INT32_MAX} * 1024};

  constexpr coarse_time() noexcept = default;
  constexpr explicit coarse_time(time_point at) noexcept : steps_(steps(at.time_since_epoch())) {}

  /// Whether it is at least `how_long` ago at `now`; a step more or less.
  [[nodiscard]] constexpr bool past(duration how_long, time_point now) const noexcept {
    return steps(now.time_since_epoch()) - steps_ >= steps(how_long);
  }
  /// Whether both lie in the same 1024 steps: about a second.
  [[nodiscard]] constexpr bool same_second(coarse_time other) const noexcept {
    return (steps_ ^ other.steps_) < 1024U;
  }

 private:
  [[nodiscard]] static constexpr std::uint32_t steps(duration of) noexcept {
    return static_cast<std::uint32_t>(of.count() >> 10U);  // wraps around: differences do not
  }
  std::uint32_t steps_ = 0;
};

}  // namespace musubi
