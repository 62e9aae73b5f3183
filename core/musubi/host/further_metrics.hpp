#pragma once
/// Metrics of what a port has put in front of its host.

#include <cstddef>
#include <span>

#include <musubi/memory/block_pool.hpp>

namespace musubi {

/// Shown among the metrics of a host, which calls it on its thread. See `host_core::also_show`.
class further_metrics {
 public:
  /// Gets the pool of this index, from 0; returns false after the last. The number of pools and
  /// their order stay the same.
  [[nodiscard]] virtual bool pool(std::size_t index, pool_metrics& into) const noexcept = 0;
  /// Writes one sample in the text format of Prometheus, the first of each metric with its "# TYPE"
  /// line; `into` has at least 256 bytes. Returns what it has written; 0 after the last.
  [[nodiscard]] virtual std::size_t write_sample(std::size_t index,
                                                 std::span<char> into) const noexcept = 0;

 protected:
  ~further_metrics() = default;
};

}  // namespace musubi
