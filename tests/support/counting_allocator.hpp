#pragma once
/// Counts what a test program asks of the heap, by `new`, by `malloc` or through a library.
///
/// On glibc it stands in front of `malloc`, which `new` and C libraries end up in; under the
/// address and thread sanitizers it listens at their allocator; elsewhere it sees `new` only.

#include <cstddef>
#include <cstdint>

namespace musubi::test {

/// Whose allocations are counted.
enum class heap_scope : std::uint8_t { process, this_thread };

/// Counts from its construction on. Thread-safe; with `this_thread`, ask on the thread that made
/// it.
class heap_watch {
 public:
  explicit heap_watch(heap_scope scope = heap_scope::process) noexcept;
  /// Allocations and reallocations so far.
  [[nodiscard]] std::size_t allocations() const noexcept;
  /// Bytes asked for so far; what was given back is not subtracted.
  [[nodiscard]] std::size_t bytes() const noexcept;
  /// Starts anew.
  void reset() noexcept;

 private:
  heap_scope scope_;
  std::size_t allocations_ = 0;
  std::size_t bytes_ = 0;
};

/// While `trap` lives, an allocation of this thread ends the program on the spot, so that a
/// debugger shows who made it. For finding the culprit when a `heap_watch` counted one.
class heap_trap {
 public:
  heap_trap() noexcept;
  ~heap_trap();
  heap_trap(const heap_trap&) = delete;
  heap_trap& operator=(const heap_trap&) = delete;
};

}  // namespace musubi::test
