#pragma once
/// How something that takes a while gets on: the head of a request, a message, an answer.

#include <cstdint>

#include <musubi/async/clock.hpp>

namespace musubi {

/// Bytes that were moved since a moment. What moves fewer than `limits::least_rate` a second, or
/// nothing for long, gives way when others need its place, and is cut off in the end.
struct pace {
  time_point since{};     ///< when it began
  time_point moved_at{};  ///< when the latest byte was moved
  std::uint32_t bytes = 0;

  void begin(time_point now) noexcept {
    since = moved_at = now;
    bytes = 0;
  }
  void moved(std::size_t more, time_point now) noexcept {
    bytes += static_cast<std::uint32_t>(more);
    moved_at = now;
  }
  /// When further bytes have to have come: `grace` after the beginning, and a second later for
  /// every `rate` bytes.
  [[nodiscard]] time_point due(duration grace, std::uint32_t rate) const noexcept {
    // without a division of 64 bits, which a microcontroller has no instruction for
    return since + grace + std::chrono::seconds(bytes / rate) +
           std::chrono::milliseconds(bytes % rate * 1000U / rate);
  }
  /// From when on it may have to make room for others: it paused for so long, or moved less than
  /// `rate` bytes a second since such a pause after the beginning.
  [[nodiscard]] time_point yields_at(duration pause, std::uint32_t rate) const noexcept {
    const time_point behind = due(pause, rate);
    return moved_at + pause < behind ? moved_at + pause : behind;
  }
};

}  // namespace musubi
