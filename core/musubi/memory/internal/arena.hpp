#pragma once
/// Memory that is allocated piece by piece and released all at once.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/round_up.hpp>

namespace musubi {

/// Bump allocator over one fixed region. Allocations live until `reset`. Not thread-safe.
class arena {
 public:
  constexpr arena() noexcept = default;
  constexpr arena(pool_name name, carver& memory, std::size_t bytes) noexcept
      : base_(memory.take(bytes)) {
    metrics_.name = name;
    metrics_.block_bytes = 1;
    metrics_.capacity = static_cast<std::uint32_t>(bytes);
  }

  /// Returns `bytes` bytes aligned for any scalar, or null when the region is used up.
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept {
    const std::size_t start = round_up(metrics_.used);
    if (fault::strikes() || start > metrics_.capacity || bytes > metrics_.capacity - start) {
      ++metrics_.failures;
      return nullptr;
    }
    metrics_.used = static_cast<std::uint32_t>(start + bytes);
    if (metrics_.used > metrics_.high_water) metrics_.high_water = metrics_.used;
    return base_ + start;
  }
  /// Returns a copy of `text`; an empty view when the region is used up.
  [[nodiscard]] std::string_view copy(std::string_view text) noexcept {
    void* const made = text.empty() ? nullptr : allocate(text.size());
    if (made == nullptr) return {};
    std::memcpy(made, text.data(), text.size());
    return {static_cast<const char*>(made), text.size()};
  }
  /// Releases everything. Runs no destructors: that is up to the caller.
  void reset() noexcept { metrics_.used = 0; }

  [[nodiscard]] constexpr const pool_metrics& metrics() const noexcept { return metrics_; }

 private:
  std::byte* base_ = nullptr;
  pool_metrics metrics_;
};

}  // namespace musubi
