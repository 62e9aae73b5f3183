#pragma once
/// Sizes and alignments.

#include <cstddef>

namespace musubi {

/// `bytes`, rounded up to a multiple of `alignment`; by default that of any type.
[[nodiscard]] constexpr std::size_t round_up(
    std::size_t bytes, std::size_t alignment = alignof(std::max_align_t)) noexcept {
  return (bytes + alignment - 1) / alignment * alignment;
}

/// The most that objects of `bytes` can need as their alignment: a size is a multiple of it.
[[nodiscard]] constexpr std::size_t alignment_within(std::size_t bytes) noexcept {
  const std::size_t lowest_bit = bytes & (~bytes + 1);
  return lowest_bit < alignof(std::max_align_t) ? lowest_bit : alignof(std::max_align_t);
}

}  // namespace musubi
