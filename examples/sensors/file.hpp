#pragma once
/// A file descriptor that closes itself.

#include <unistd.h>
#include <utility>

namespace sensors {

class file {
 public:
  explicit file(int descriptor = -1) noexcept : descriptor_(descriptor) {}
  file(file&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  file& operator=(file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~file() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  explicit operator bool() const noexcept { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace sensors
