#pragma once
/// Network failures that a test injects.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace musubi::memory_port {

/// An operation of the host on a stream.
enum class operation : std::uint8_t { accept, read, write, wait, any };

/// How an operation fails.
enum class failure : std::uint8_t {
  none,
  disconnect,  ///< the connection breaks, and both ends notice
  stall,       ///< moves nothing, although it could
  one_byte,    ///< moves one byte, although it could move more
};

/// Counts operations, and makes a chosen one fail.
class faults {
 public:
  /// Makes the `nth` operation of that kind from now (1 is the next one) fail.
  void arm(operation on, failure what, std::uint32_t nth) noexcept {
    on_ = on;
    what_ = what;
    countdown_ = nth;
  }
  void disarm() noexcept { countdown_ = 0; }
  /// True until the chosen operation has failed.
  [[nodiscard]] bool armed() const noexcept { return countdown_ != 0; }
  /// Counts an operation, and returns how it fails.
  [[nodiscard]] failure next(operation now) noexcept {
    if (countdown_ == 0 || (on_ != operation::any && on_ != now)) return failure::none;
    return --countdown_ == 0 ? what_ : failure::none;
  }

  /// Most bytes moved by one read and by one write. With 1, a test splits its data at every byte.
  std::size_t most_read = std::numeric_limits<std::size_t>::max();
  std::size_t most_written = std::numeric_limits<std::size_t>::max();
  /// Every stream says that it has no room for a patch, although it takes bytes.
  bool no_room = false;

 private:
  operation on_ = operation::any;
  failure what_ = failure::none;
  std::uint32_t countdown_ = 0;
};

}  // namespace musubi::memory_port
