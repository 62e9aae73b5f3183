#pragma once
/// What goes wrong in a network, when a test says so.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace musubi::memory_port {

/// What a host asks of its streams.
enum class operation : std::uint8_t { accept, read, write, wait, any };

/// What becomes of it.
enum class misfortune : std::uint8_t {
  none,
  breaks,      ///< the connection is lost: both ends are told so
  falters,     ///< nothing is moved this time, although something could be
  moves_byte,  ///< one byte is moved, although more could be
};

/// Counts operations and spoils the one it was armed for.
class faults {
 public:
  /// The `nth` operation of that kind from now (1 is the next one) meets with `what`.
  void arm(operation on, misfortune what, std::uint32_t nth) noexcept {
    on_ = on;
    what_ = what;
    countdown_ = nth;
  }
  void disarm() noexcept { countdown_ = 0; }
  /// True while the armed operation has not come.
  [[nodiscard]] bool armed() const noexcept { return countdown_ != 0; }
  /// What the operation at hand meets with.
  [[nodiscard]] misfortune strike(operation at_hand) noexcept {
    if (countdown_ == 0 || (on_ != operation::any && on_ != at_hand)) return misfortune::none;
    return --countdown_ == 0 ? what_ : misfortune::none;
  }

  /// Most bytes that one read, one write moves: 1 makes every boundary be met.
  std::size_t most_read = std::numeric_limits<std::size_t>::max();
  std::size_t most_written = std::numeric_limits<std::size_t>::max();

 private:
  operation on_ = operation::any;
  misfortune what_ = misfortune::none;
  std::uint32_t countdown_ = 0;
};

}  // namespace musubi::memory_port
