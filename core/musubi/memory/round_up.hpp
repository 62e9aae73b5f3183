#pragma once
/// The next multiple of an alignment.

#include <cstddef>

namespace musubi {

/// `bytes`, rounded up to a multiple of `alignment`; by default that of any type.
[[nodiscard]] constexpr std::size_t round_up(
    std::size_t bytes, std::size_t alignment = alignof(std::max_align_t)) noexcept {
  return (bytes + alignment - 1) / alignment * alignment;
}

}  // namespace musubi
