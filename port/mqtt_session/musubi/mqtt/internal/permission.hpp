#pragma once
/// What a broker has shown that it allows.

#include <cstdint>

namespace musubi::mqtt {

/// Whether the broker lets this program send to a topic, or receive what a share asks for. MQTT
/// 3.1.1 has no answer to a message that is not allowed: the broker drops it, or ends the
/// connection.
///
///   denied <--- SUBACK 0x80 --- assumed --- ended three connections ---> withheld
///     |                         ^     ^                                   |   ^
///     +---- next connection ----+     |                   next connection |   | ended it again
///                                     +----- answered ---- doubted <------+   |
///                                                             |               |
///                                                             +---------------+
enum class permission : std::uint8_t {
  assumed,
  denied,    ///< the broker has said no
  withheld,  ///< not tried on this connection, as the broker ends those on which it is
  doubted,   ///< tried when nothing else waits, alone
};

struct standing {
  permission now = permission::assumed;
  const char* told = nullptr;  ///< what the operator knows of it

  /// The connection is lost; the next one may be allowed more.
  constexpr void forgive() noexcept {
    if (now == permission::denied) now = permission::assumed;
    if (now == permission::withheld) now = permission::doubted;
  }
  /// The broker has answered.
  constexpr void allow() noexcept {
    if (now == permission::doubted) *this = {};
  }
};

}  // namespace musubi::mqtt
