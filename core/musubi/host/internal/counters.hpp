#pragma once
/// What a host has done, as numbers that only grow.

#include <cstdint>

#include <musubi/memory/internal/tally.hpp>
#include <musubi/store/page/internal/resources.hpp>

namespace musubi {

/// Counters of one host; read on its thread. Value-initialize it: it is many zeros at once.
struct counters {
  tally accepted;          ///< streams
  tally requests;          ///< HTTP requests answered, upgrades included
  tally upgrades;          ///< WebSockets opened
  tally upgrades_refused;  ///< origin, tokens, protocol, the socket's decision
  tally upgrades_full;     ///< answered 503
  tally heads_refused;     ///< requests that could not be parsed, or had a body
  tally heads_too_long;    ///< beyond `read_bytes`, or a bound of `head_limits`
  tally hosts_refused;     ///< Host was not a name of this server
  tally origins_refused;   ///< upgrades from pages of other origins
  tally attempts_refused;  ///< upgrades of peers that tried too many wrong tokens
  tally shares_exceeded;   ///< refused because a client had used up its share of a pool
  tally messages_in;       ///< WebSocket messages
  std::uint64_t bytes_in;
  std::uint64_t bytes_out;
  tally joins;
  tally joins_refused;
  tally closed_by_peer;    ///< with or without a close frame
  tally closed_idle;       ///< nothing came in for `idle_timeout`
  tally closed_stalled;    ///< the client read nothing for `write_timeout`
  tally closed_behind;     ///< the backlog was full: `backlog_bytes`, `backlog_blocks`
  tally closed_overload;   ///< `large_messages`
  tally closed_for_room;   ///< too slow while others waited for the slot
  tally closed_violation;  ///< protocol error, bad UTF-8, oversize
  tally message_timeouts;  ///< messages that did not arrive in time
  tally head_timeouts;     ///< request heads that did not arrive in time
  page_counters pages;
};

}  // namespace musubi
