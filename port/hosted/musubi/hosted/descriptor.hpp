#pragma once
/// A file descriptor of the operating system.

#include <utility>

namespace musubi::hosted {

/// Owns a descriptor, and closes it without changing errno. -1 is none.
class descriptor {
 public:
  explicit descriptor(int owned = -1) noexcept : value_(owned) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() { reset(); }

  [[nodiscard]] explicit operator bool() const noexcept { return value_ >= 0; }
  [[nodiscard]] int get() const noexcept { return value_; }
  [[nodiscard]] int release() noexcept { return std::exchange(value_, -1); }
  /// Closes the one it has, and owns `to`.
  void reset(int to = -1) noexcept;

 private:
  int value_;
};

}  // namespace musubi::hosted
