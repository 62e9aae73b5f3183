#pragma once
/// Converts the kernel's running totals into amounts since the last look, and rates.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace gateway {

/// The clock of all sensors, which is monotonic.
using clock = std::chrono::steady_clock;

/// The amount by which a counter advanced. Handles the wrap of a 32-bit counter; absent if it went
/// back for another reason (its device was replaced).
[[nodiscard]] constexpr std::optional<std::uint64_t> advance(std::uint64_t before,
                                                             std::uint64_t now) noexcept {
  constexpr std::uint64_t wrap = std::uint64_t{1} << 32;
  if (now >= before) return now - before;
  // A counter that falls to exactly 0 was reset.
  if (before < wrap && before >= wrap / 4 * 3 && now < wrap / 4 && now > 0) {
    return wrap - before + now;
  }
  return std::nullopt;
}

/// `amount` per second; absent when no time has passed, or when it is implausibly high.
[[nodiscard]] constexpr std::optional<std::uint64_t> per_second(double amount,
                                                                clock::duration elapsed) noexcept {
  constexpr double most = 9e15;  // the largest integer that a browser represents exactly
  const double seconds = std::chrono::duration<double>(elapsed).count();
  if (seconds <= 0.0) return std::nullopt;
  const double rate = amount / seconds + 0.5;
  return rate < most ? std::optional(static_cast<std::uint64_t>(rate)) : std::nullopt;
}

/// One running total: the rate between two looks, and the sum since the last reset. Pass the
/// kernel's own number, because a sum or a multiple of it would wrap at another value.
class counter {
 public:
  /// Records the total read at `now`. The first one gives no rate, nor does one that went back.
  constexpr void read(std::uint64_t total, clock::time_point now) noexcept {
    step_.reset();
    elapsed_ = now - last_look_;
    last_look_ = now;
    if (started_ && fell_from_ != 0 && total >= fell_from_) {
      sum_ += total - fell_from_;  // some drivers report 0 for a moment and then continue
      fell_from_ = 0;
    } else if (started_) {
      step_ = advance(last_, total);
      if (!step_) {
        fell_from_ = std::max(last_, fell_from_);
      } else if (*step_ > 0) {
        sum_ += *step_;
        fell_from_ = 0;
      }
    }
    last_ = total;
    started_ = true;
  }
  /// The amount added by the last look.
  [[nodiscard]] constexpr std::optional<std::uint64_t> step() const noexcept { return step_; }
  /// The time between the last two looks.
  [[nodiscard]] constexpr clock::duration elapsed() const noexcept { return elapsed_; }
  /// `step()` per second, in units of which each counted thing has `size`.
  [[nodiscard]] constexpr std::optional<std::uint64_t> rate(std::uint32_t size = 1) const noexcept {
    return step_ ? per_second(static_cast<double>(*step_) * size, elapsed_) : std::nullopt;
  }
  /// The sum since the start or the last reset.
  [[nodiscard]] constexpr std::uint64_t sum() const noexcept { return sum_; }
  constexpr void reset() noexcept { sum_ = 0; }

 private:
  std::uint64_t last_ = 0;
  std::uint64_t sum_ = 0;
  std::optional<std::uint64_t> step_;
  std::uint64_t fell_from_ = 0;  // the total before it went back; 0 when it did not
  clock::time_point last_look_;
  clock::duration elapsed_{};
  bool started_ = false;
};

}  // namespace gateway
