#pragma once
/// Memory that is allocated once, and takes no RAM before it is used.

#include <cstddef>

namespace musubi::hosted {

/// Aligned for any type. It is not initialized, so the operating system provides RAM only for pages
/// that are written to: a large pool costs only what is in use.
class untouched_memory {
 public:
  explicit untouched_memory(std::size_t bytes);
  ~untouched_memory();
  untouched_memory(const untouched_memory&) = delete;
  untouched_memory& operator=(const untouched_memory&) = delete;

  [[nodiscard]] std::byte* begin() const noexcept { return begin_; }

 private:
  std::byte* begin_;
};

}  // namespace musubi::hosted
