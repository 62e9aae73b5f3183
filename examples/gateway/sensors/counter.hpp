#pragma once
/// From the kernel's running totals to what passed since the last look, and how fast.

#include <chrono>
#include <cstdint>
#include <optional>

namespace gateway {

/// The clock of all sensors: one that nobody sets back.
using clock = std::chrono::steady_clock;

/// What a counter advanced by. A 32-bit counter that wrapped is followed; one that went back for
/// another reason (its device was replaced) tells nothing.
[[nodiscard]] constexpr std::optional<std::uint64_t> advance(std::uint64_t before,
                                                             std::uint64_t now) noexcept {
  constexpr std::uint64_t wrap = std::uint64_t{1} << 32;
  if (now >= before) return now - before;
  if (before < wrap && before >= wrap / 4 * 3 && now < wrap / 4) return wrap - before + now;
  return std::nullopt;
}

/// One running total: the rate between two looks, and the sum since the last reset.
class counter {
 public:
  /// Takes the total that was read. The first one gives no rate, nor does one that went back.
  constexpr void read(std::uint64_t total) noexcept {
    step_ = started_ ? advance(last_, total) : std::nullopt;
    if (step_) sum_ += *step_;
    last_ = total;
    started_ = true;
  }
  /// What came in with the last look.
  [[nodiscard]] constexpr std::optional<std::uint64_t> step() const noexcept { return step_; }
  /// `step()` per second, `elapsed` being the time between the looks.
  [[nodiscard]] constexpr std::optional<std::uint64_t> rate(
      clock::duration elapsed) const noexcept {
    const double seconds = std::chrono::duration<double>(elapsed).count();
    if (!step_ || seconds <= 0.0) return std::nullopt;
    return static_cast<std::uint64_t>(static_cast<double>(*step_) / seconds + 0.5);
  }
  /// Everything since the start or the last reset.
  [[nodiscard]] constexpr std::uint64_t sum() const noexcept { return sum_; }
  constexpr void reset() noexcept { sum_ = 0; }

 private:
  std::uint64_t last_ = 0;
  std::uint64_t sum_ = 0;
  std::optional<std::uint64_t> step_;
  bool started_ = false;
};

}  // namespace gateway
