#pragma once
/// Which pools were found empty, for a listener to be told.

#include <array>
#include <cstddef>
#include <cstdint>

#include <musubi/memory/block_pool.hpp>
#include <musubi/store/page/telemetry.hpp>

namespace musubi {

#if defined(MUSUBI_TELEMETRY)
/// Compares the failures of each pool of a host with those of the last look.
class pool_watch {
 public:
  /// Pools that are watched; a host has fewer, those of its port included.
  static constexpr std::size_t most = 32;

  /// `each_pool(use)` calls `use(const pool_metrics&)` for the same pools each time.
  template <class EachPool>
  void look(EachPool&& each_pool, telemetry& to) noexcept {
    std::size_t index = 0;
    each_pool([&](const pool_metrics& pool) {
      if (index == told_.size()) return;
      std::uint32_t& told = told_[index++];
      const std::uint32_t times = pool.failures - told;
      if (times == 0) return;
      told = pool.failures;
      to.on_pool_exhausted({pool.name, pool.capacity, times});
    });
  }

 private:
  std::array<std::uint32_t, most> told_{};
};
#endif

}  // namespace musubi
