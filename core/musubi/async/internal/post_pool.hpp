#pragma once
/// Memory for what other threads and interrupts send to a host.

#include <atomic>
#include <cstddef>
#include <cstdint>

#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/memory/internal/size_classes.hpp>

namespace musubi {

/// A fixed number of blocks, taken and released by any thread or interrupt without a lock. The
/// block with the lowest address is taken first, so that those beyond the peak are never touched.
class post_pool {
 public:
  constexpr post_pool() noexcept = default;
  constexpr post_pool(carver& memory, const size_class& blocks) noexcept
      : block_bytes_(static_cast<std::uint32_t>(round_up(blocks.bytes))), count_(blocks.count) {
    std::byte* const taken = memory.take(count_ * sizeof(std::atomic<bool>));
    base_ = memory.take(std::size_t{block_bytes_} * count_);
    if (taken != nullptr) taken_ = new (taken) std::atomic<bool>[count_];
  }
  post_pool(const post_pool&) = delete;
  post_pool& operator=(const post_pool&) = delete;

  /// A block of at least `bytes`, aligned for any scalar; null when all are in use or too small.
  [[nodiscard]] void* take(std::size_t bytes) noexcept;
  /// Releases a block that `take` returned.
  void release(void* block) noexcept;
  /// Counts a request that its sender had no room for, beside those that found the pool empty.
  void refused() noexcept { failures_.fetch_add(1, std::memory_order_relaxed); }
  [[nodiscard]] pool_metrics metrics() const noexcept;

 private:
  std::byte* base_ = nullptr;
  std::atomic<bool>* taken_ = nullptr;  // for each block
  std::uint32_t block_bytes_ = 0;
  std::uint32_t count_ = 0;
  std::atomic<std::uint32_t> used_{0};
  std::atomic<std::uint32_t> high_water_{0};
  std::atomic<std::uint32_t> failures_{0};
};

}  // namespace musubi
