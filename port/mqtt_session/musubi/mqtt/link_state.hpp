#pragma once
/// How a link to a broker fares, for stores to show and programs to count.

#include <cstdint>

#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::mqtt {

/// A sentence about a broker, a payload or a topic.
using reason = text<160>;

/// Whether the broker is connected. Can be a field of a State.
struct link_state {
  bool connected = false;
  safe_integer since;  ///< when that changed, in milliseconds since 1970; 0: never, or not known
  reason error;        ///< why it is not connected, or why it was not the last time; empty at first
  reason refused;      ///< what the broker does not allow, of several the first; empty if nothing
};

/// What a link has counted since it was constructed.
struct link_counters {
  std::uint32_t connections = 0;  ///< that were accepted
  std::uint32_t sent = 0;         ///< messages that the broker acknowledged
  std::uint32_t received = 0;     ///< messages that fitted
  std::uint32_t echoes = 0;       ///< own messages that came back, and were ignored
  std::uint32_t superseded = 0;   ///< values that came while a newer one of ours was on its way
  std::uint32_t misfits = 0;      ///< payloads that are not what the share expects
  std::uint32_t dropped_out = 0;  ///< messages and values that were not sent, for want of room
  std::uint32_t dropped_in = 0;   ///< messages that were received, for want of room
  std::uint32_t refused = 0;      ///< times that the broker did not allow a topic
};

}  // namespace musubi::mqtt
