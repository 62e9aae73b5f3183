#pragma once
/// Memory for what is laid out by a carver.

#include <cstddef>
#include <vector>

#include <musubi/memory/carver.hpp>

namespace musubi::test {

/// `bytes` bytes of a known content, aligned for any scalar.
class region {
 public:
  static constexpr std::byte untouched{0xA5};

  explicit region(std::size_t bytes) : blocks_(bytes / sizeof(block) + 1) {
    for (std::size_t i = 0; i < size(); ++i) begin()[i] = untouched;
  }
  std::byte* begin() noexcept { return blocks_.front().bytes; }
  [[nodiscard]] std::size_t size() const noexcept { return blocks_.size() * sizeof(block); }
  [[nodiscard]] carver carve() noexcept { return carver(begin()); }

 private:
  struct alignas(std::max_align_t) block {
    std::byte bytes[alignof(std::max_align_t)];
  };
  std::vector<block> blocks_;
};

}  // namespace musubi::test
