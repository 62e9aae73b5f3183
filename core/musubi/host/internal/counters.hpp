#pragma once
/// What a host has done, as numbers that only grow.

#include <cstdint>

#include <musubi/store/page/internal/resources.hpp>

namespace musubi {

/// Counters of one host; read on its thread.
struct counters {
  std::uint64_t accepted = 0;          ///< streams
  std::uint64_t requests = 0;          ///< HTTP requests answered, upgrades included
  std::uint64_t upgrades = 0;          ///< WebSockets opened
  std::uint64_t upgrades_refused = 0;  ///< origin, tokens, protocol, the socket's decision
  std::uint64_t upgrades_full = 0;     ///< answered 503
  std::uint64_t heads_refused = 0;     ///< requests that could not be parsed, or had a body
  std::uint64_t heads_too_long = 0;    ///< beyond `read_bytes`, or a bound of `head_limits`
  std::uint64_t hosts_refused = 0;     ///< Host was not a name of this server
  std::uint64_t origins_refused = 0;   ///< upgrades from pages of other origins
  std::uint64_t attempts_refused = 0;  ///< upgrades of peers that tried too many wrong tokens
  std::uint64_t shares_exceeded = 0;   ///< refused because a client had used up its share of a pool
  std::uint64_t messages_in = 0;       ///< WebSocket messages
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t joins = 0;
  std::uint64_t joins_refused = 0;
  std::uint64_t closed_by_peer = 0;    ///< with or without a close frame
  std::uint64_t closed_idle = 0;       ///< nothing came in for `idle_timeout`
  std::uint64_t closed_stalled = 0;    ///< the client read nothing for `write_timeout`
  std::uint64_t closed_behind = 0;     ///< the backlog was full: `backlog_bytes`, `backlog_blocks`
  std::uint64_t closed_overload = 0;   ///< `large_messages`
  std::uint64_t closed_for_room = 0;   ///< too slow while others waited for the slot
  std::uint64_t closed_violation = 0;  ///< protocol error, bad UTF-8, oversize
  std::uint64_t message_timeouts = 0;  ///< messages that did not arrive in time
  std::uint64_t head_timeouts = 0;     ///< request heads that did not arrive in time
  page_counters pages;
};

}  // namespace musubi
