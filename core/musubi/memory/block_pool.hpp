#pragma once
/// A fixed number of blocks of one size, with a name and metrics.

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <utility>

#include <musubi/memory/carver.hpp>
#include <musubi/memory/internal/fault.hpp>
#include <musubi/memory/internal/largest.hpp>
#include <musubi/memory/internal/round_up.hpp>

namespace musubi {

/// A string literal, stored as one pointer to save RAM on a microcontroller.
class pool_name {
 public:
  constexpr pool_name() noexcept = default;
  /// `literal` is null-terminated and has static lifetime.
  constexpr pool_name(const char* literal) noexcept : text_(literal) {}
  constexpr operator std::string_view() const noexcept { return text_; }
  friend constexpr bool operator==(pool_name a, std::string_view b) noexcept {
    return std::string_view(a) == b;
  }

 private:
  const char* text_ = "";
};

/// Metrics of a pool, for tuning `limits`.
struct pool_metrics {
  pool_name name;                 ///< as in `limits` and in refusals
  std::uint32_t block_bytes = 0;  ///< size of one block
  std::uint32_t capacity = 0;     ///< number of blocks
  std::uint32_t used = 0;         ///< blocks in use now
  std::uint32_t high_water = 0;   ///< most blocks in use at once so far
  std::uint32_t failures = 0;     ///< requests that found it empty
};

/// Allocates blocks of one size in O(1). Not thread-safe: a pool belongs to one host, a host to one
/// thread. Blocks that were never used are never touched, so on a gateway they cost no resident
/// memory. The block released last is allocated first, because it is still in the cache.
class block_pool {
 public:
  constexpr block_pool() noexcept = default;
  /// `alignment` is what the blocks need.
  constexpr block_pool(pool_name name, carver& memory, std::size_t block_bytes, std::size_t count,
                       std::size_t alignment = alignof(std::max_align_t)) noexcept {
    carve(name, memory, block_bytes, count, alignment);
  }
  /// The same of a pool that was made without memory.
  constexpr void carve(pool_name name, carver& memory, std::size_t block_bytes, std::size_t count,
                       std::size_t alignment = alignof(std::max_align_t)) noexcept {
    constexpr std::size_t least = alignof(free_block);
    const std::size_t rounded = round_up(detail::largest({block_bytes, sizeof(free_block)}),
                                         alignment > least ? alignment : least);
    base_ = memory.take(rounded * count);
    metrics_.name = name;
    metrics_.block_bytes = static_cast<std::uint32_t>(rounded);
    metrics_.capacity = static_cast<std::uint32_t>(count);
  }

  /// Returns a block of `block_bytes()`, or null when all are in use. Never throws, never blocks.
  [[nodiscard]] void* allocate() noexcept {
    void* block = nullptr;
    if (fault::strikes()) {
      // a test injects this failure
    } else if (free_ != nullptr) {
      block = free_;
      free_ = free_->next;
    } else if (fresh_ < metrics_.capacity) {
      block = base_ + static_cast<std::size_t>(metrics_.block_bytes) * fresh_++;
    }
    if (block == nullptr) {
      ++metrics_.failures;
      return nullptr;
    }
    if (++metrics_.used > metrics_.high_water) metrics_.high_water = metrics_.used;
    return block;
  }

  /// Releases `block`, which must come from this pool.
  void deallocate(void* block) noexcept {
    --metrics_.used;
    free_ = new (block) free_block{free_};
  }

  /// Counts a request that its user refused, because the remaining blocks are reserved for others.
  void count_failure() noexcept { ++metrics_.failures; }

  [[nodiscard]] bool owns(const void* block) const noexcept {
    const auto* at = static_cast<const std::byte*>(block);
    return at >= base_ &&
           at < base_ + static_cast<std::size_t>(metrics_.block_bytes) * metrics_.capacity;
  }
  /// The index of a block of this pool, from 0.
  [[nodiscard]] std::size_t index_of(const void* block) const noexcept {
    return static_cast<std::size_t>(static_cast<const std::byte*>(block) - base_) /
           metrics_.block_bytes;
  }
  [[nodiscard]] void* block_at(std::size_t index) const noexcept {
    return base_ + metrics_.block_bytes * index;
  }
  [[nodiscard]] bool exhausted() const noexcept { return metrics_.used == metrics_.capacity; }
  [[nodiscard]] std::size_t available() const noexcept { return metrics_.capacity - metrics_.used; }
  [[nodiscard]] constexpr std::size_t block_bytes() const noexcept { return metrics_.block_bytes; }
  [[nodiscard]] constexpr const pool_metrics& metrics() const noexcept { return metrics_; }

 private:
  struct free_block {
    free_block* next;
  };

  std::byte* base_ = nullptr;
  free_block* free_ = nullptr;
  std::uint32_t fresh_ = 0;  // blocks from here on were never allocated
  pool_metrics metrics_;
};

/// Constructs a `T` in a block of `pool`; returns null when the pool is empty.
template <class T, class... Arguments>
[[nodiscard]] T* make_in(block_pool& pool, Arguments&&... arguments) noexcept {
  void* block = pool.allocate();
  return block == nullptr ? nullptr : new (block) T(std::forward<Arguments>(arguments)...);
}

/// Destroys an object that `make_in` returned, and releases its block.
template <class T>
void destroy_in(block_pool& pool, T* object) noexcept {
  object->~T();
  pool.deallocate(object);
}

}  // namespace musubi
