#pragma once
/// How long to wait before connecting again.

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <musubi/async/clock.hpp>

namespace musubi::mqtt {

/// Pauses that double from a quarter of a second to half a minute, each made longer or shorter by
/// up to a half at random, so that those who lost the same broker do not return at once.
///
/// They start over only after a connection that lasted: of two programs with one client id, each
/// connection ends the other's, and both must slow down.
class backoff {
 public:
  static constexpr duration shortest = std::chrono::milliseconds(250);
  static constexpr duration longest = std::chrono::seconds(30);
  /// A connection that lasted this long was a good one.
  static constexpr duration lasting = std::chrono::seconds(30);

  /// The next pause. `random` is any number.
  [[nodiscard]] duration next(std::uint32_t random) noexcept {
    const duration base = std::min<duration>(shortest * (1LL << tries_), longest);
    if (base < longest) ++tries_;
    const duration::rep half = base.count() / 2;
    return duration(half + static_cast<duration::rep>(random % 1024) * base.count() / 1023);
  }
  /// A connection has ended that lasted `connected`.
  void ended(duration connected) noexcept {
    if (connected >= lasting) tries_ = 0;
  }

 private:
  std::uint8_t tries_ = 0;
};

}  // namespace musubi::mqtt
