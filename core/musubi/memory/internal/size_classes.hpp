#pragma once
/// Several pools of ascending block sizes behind one interface.

#include <array>
#include <cstddef>

#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

/// One size class: the usable bytes of a block, and the number of blocks.
struct size_class {
  std::uint32_t bytes = 0;
  std::uint32_t count = 0;
};

namespace detail {

// the pool's address, padded so that the memory after it is aligned for any type
inline constexpr std::size_t class_header_bytes = alignof(std::max_align_t) > sizeof(void*)
                                                      ? alignof(std::max_align_t)
                                                      : sizeof(void*);

// what size_class_pools does, for any number of them

MUSUBI_ONCE constexpr void make_pools(block_pool* pools, std::size_t count, pool_name name,
                                      carver& memory, const size_class* classes) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    pools[i] = block_pool(name, memory, classes[i].bytes + class_header_bytes, classes[i].count);
  }
}
MUSUBI_ONCE inline void* allocate_from(block_pool* pools, std::size_t count, std::size_t bytes,
                                       std::uint32_t& oversize) noexcept {
  block_pool* fitting = nullptr;
  for (block_pool* pool = pools; pool != pools + count; ++pool) {
    if (pool->metrics().capacity == 0 || pool->block_bytes() - class_header_bytes < bytes) continue;
    fitting = pool;
    if (!pool->exhausted()) break;
  }
  if (fitting == nullptr) {
    ++oversize;
    return nullptr;
  }
  void* const block = fitting->allocate();
  if (block == nullptr) return nullptr;
  *static_cast<block_pool**>(block) = fitting;
  return static_cast<std::byte*>(block) + class_header_bytes;
}
MUSUBI_ONCE inline void release_to_pool(void* usable) noexcept {
  if (usable == nullptr) return;
  void* const block = static_cast<std::byte*>(usable) - class_header_bytes;
  (*static_cast<block_pool**>(block))->deallocate(block);
}

}  // namespace detail

/// Pools of up to `N` sizes. A request is served from the smallest class that fits and is not
/// empty. A block remembers its pool, so releasing it needs no size. Not thread-safe.
template <std::size_t N>
class size_class_pools {
 public:
  constexpr size_class_pools() noexcept = default;
  /// `classes` must ascend in size; those with count 0 are ignored.
  constexpr size_class_pools(pool_name name, carver& memory,
                             const std::array<size_class, N>& classes) noexcept {
    detail::make_pools(pools_.data(), N, name, memory, classes.data());
  }

  /// Returns at least `bytes` bytes, aligned for any scalar, or null.
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept {
    return detail::allocate_from(pools_.data(), N, bytes, oversize_);
  }
  /// Releases memory that any `size_class_pools` returned.
  static void deallocate(void* usable) noexcept { detail::release_to_pool(usable); }

  [[nodiscard]] const std::array<block_pool, N>& pools() const noexcept { return pools_; }
  /// Number of requests larger than the largest class.
  [[nodiscard]] std::uint32_t oversize() const noexcept { return oversize_; }
  [[nodiscard]] std::size_t largest() const noexcept {
    std::size_t most = 0;
    for (const block_pool& pool : pools_) {
      if (pool.metrics().capacity != 0) most = pool.block_bytes() - detail::class_header_bytes;
    }
    return most;
  }

 private:
  std::array<block_pool, N> pools_{};
  std::uint32_t oversize_ = 0;
};

}  // namespace musubi
