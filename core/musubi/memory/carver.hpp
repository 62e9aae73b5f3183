#pragma once
/// Splits one region of memory into the parts of a host.

#include <cstddef>
#include <cstdint>

#include <musubi/memory/internal/round_up.hpp>

namespace musubi {

/// Allocates parts of one region, in order. Without a region it only measures, so the same code
/// lays out the memory and computes how much it needs, at compile time if required.
class carver {
 public:
  /// Measures only: every part it returns is null.
  constexpr carver() noexcept = default;
  /// `base` must be aligned to `alignof(std::max_align_t)` and have the size that a measuring run
  /// returned.
  constexpr explicit carver(std::byte* base) noexcept : base_(base) {}

  constexpr std::byte* take(std::size_t bytes,
                            std::size_t alignment = alignof(std::max_align_t)) noexcept {
    used_ = round_up(used_, alignment);
    std::byte* part = base_ == nullptr ? nullptr : base_ + used_;
    used_ += bytes;
    return part;
  }
  [[nodiscard]] constexpr std::size_t used() const noexcept { return used_; }
  [[nodiscard]] constexpr bool measuring() const noexcept { return base_ == nullptr; }

 private:
  std::byte* base_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace musubi
