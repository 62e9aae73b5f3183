#pragma once
/// A heap for libraries that allocate: blocks of a few sizes.

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>

namespace musubi {

/// Makes blocks of `Sizes`, a constant array in ascending order, each a multiple of what any type
/// is aligned to. Keeps free blocks by their size, and makes one of unused memory when there is
/// none. A block never changes its size, so a program that repeats the same work does not
/// fragment the memory. Allocates in O(1) for a given `Sizes`. For one thread at a time.
template <const auto& Sizes>
class block_heap {
 public:
  constexpr block_heap() noexcept = default;
  block_heap(const block_heap&) = delete;
  block_heap& operator=(const block_heap&) = delete;

  /// In front of each block.
  struct alignas(std::max_align_t) head {
    head* next;         // while it is free
    std::size_t index;  // of its size
  };

  /// Adds memory, aligned for any type, that outlives this heap.
  void add(std::byte* fresh, std::size_t bytes) noexcept {
    split_rest();
    rest_ = fresh;
    rest_bytes_ = bytes;
    bytes_ += bytes;
  }
  /// Returns a block of at least `bytes`, or null.
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept {
    const auto* const fits = std::lower_bound(Sizes.begin(), Sizes.end(), bytes);
    head* const block =
        fits == Sizes.end() ? nullptr : take(static_cast<std::size_t>(fits - Sizes.begin()));
    if (block == nullptr) {
      ++failures_;
      return nullptr;
    }
    used_ += sizeof(head) + Sizes[block->index];
    high_water_ = std::max(high_water_, used_);
    return block + 1;
  }
  /// Releases what `allocate` returned.
  void deallocate(void* memory) noexcept {
    head* const block = head_of(memory);
    used_ -= sizeof(head) + Sizes[block->index];
    block->next = free_[block->index];
    free_[block->index] = block;
  }
  [[nodiscard]] static std::size_t size_of(void* memory) noexcept {
    return Sizes[head_of(memory)->index];
  }

  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
  /// Bytes that were ever part of a block.
  [[nodiscard]] std::size_t taken() const noexcept { return taken_; }
  /// Bytes of the blocks in use, with their heads.
  [[nodiscard]] std::size_t used() const noexcept { return used_; }
  [[nodiscard]] std::size_t high_water() const noexcept { return high_water_; }
  /// Requests that found no room.
  [[nodiscard]] std::size_t failures() const noexcept { return failures_; }

 private:
  static head* head_of(void* memory) noexcept { return static_cast<head*>(memory) - 1; }
  /// A block of the rest; null if that is too small.
  head* make(std::size_t index) noexcept {
    const std::size_t bytes = sizeof(head) + Sizes[index];
    if (bytes > rest_bytes_) return nullptr;
    auto* const block = new (rest_) head{nullptr, index};
    rest_ += bytes;
    rest_bytes_ -= bytes;
    taken_ += bytes;
    return block;
  }
  /// Makes free blocks of all that is left, the largest first.
  void split_rest() noexcept {
    for (std::size_t index = Sizes.size(); index-- > 0;) {
      while (head* const block = make(index)) {
        block->next = free_[index];
        free_[index] = block;
      }
    }
  }
  head* take(std::size_t index) noexcept {
    if (head* const block = free_[index]) {
      free_[index] = block->next;
      return block;
    }
    if (head* const block = make(index)) return block;
    // a larger one is better than none
    for (std::size_t larger = index + 1; larger < Sizes.size(); ++larger) {
      if (head* const block = free_[larger]) {
        free_[larger] = block->next;
        return block;
      }
    }
    return nullptr;
  }

  std::byte* rest_ = nullptr;
  std::size_t rest_bytes_ = 0;
  std::array<head*, Sizes.size()> free_{};
  std::size_t bytes_ = 0;
  std::size_t taken_ = 0;
  std::size_t used_ = 0;
  std::size_t high_water_ = 0;
  std::size_t failures_ = 0;
};

}  // namespace musubi
