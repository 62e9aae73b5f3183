#pragma once
/// A value that knows how many of its kind are alive.

#include <utility>

namespace musubi::test {

/// Counts constructions and destructions; a moved-from one has the value -1.
struct counted {
  static inline int alive = 0;
  static inline int copies = 0;

  int value = 0;

  counted() noexcept { ++alive; }
  explicit counted(int of) noexcept : value(of) { ++alive; }
  counted(const counted& other) noexcept : value(other.value) {
    ++alive;
    ++copies;
  }
  counted(counted&& other) noexcept : value(std::exchange(other.value, -1)) { ++alive; }
  counted& operator=(const counted& other) noexcept {
    value = other.value;
    ++copies;
    return *this;
  }
  counted& operator=(counted&& other) noexcept {
    value = std::exchange(other.value, -1);
    return *this;
  }
  ~counted() { --alive; }
  bool operator==(const counted&) const noexcept = default;
};

}  // namespace musubi::test
