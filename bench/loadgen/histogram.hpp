#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace loadgen {

/// A histogram of latencies in nanoseconds, with 64 buckets for each power of two (1.6 %).
class histogram {
 public:
  void add(std::uint64_t nanoseconds) noexcept {
    ++buckets_[bucket_of(nanoseconds)];
    ++count_;
  }
  /// The latency at `quantile`, in microseconds.
  [[nodiscard]] double microseconds(double quantile) const noexcept {
    const auto wanted = static_cast<std::uint64_t>(quantile * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      seen += buckets_[i];
      if (seen > wanted) return static_cast<double>(value_of(i)) / 1000;
    }
    return 0;
  }

 private:
  static constexpr unsigned bits = 6;
  static constexpr std::uint64_t steps = 1U << bits;

  static std::size_t bucket_of(std::uint64_t value) noexcept {
    if (value < steps) return static_cast<std::size_t>(value);
    const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 1 - bits;
    return static_cast<std::size_t>((exponent + 1) * steps + ((value >> exponent) & (steps - 1)));
  }
  static std::uint64_t value_of(std::size_t bucket) noexcept {
    const std::uint64_t group = bucket / steps;
    if (group == 0) return bucket;
    return (steps | bucket % steps) << (group - 1);
  }

  std::array<std::uint64_t, steps*(65 - bits)> buckets_{};
  std::uint64_t count_ = 0;
};

}  // namespace loadgen
