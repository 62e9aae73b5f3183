#pragma once
/// Events of a host and its connections, as passed to its listener. Views are valid during the
/// call.

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi {

/// The host has started serving.
struct listening {
  std::span<const std::string_view> addresses;  ///< "http://127.0.0.1:4000/", "unix:/run/gateway"
};
/// A WebSocket was opened.
struct connection_opened {
  std::string_view peer;  ///< as `net::stream::peer`
  std::string_view path;
};
/// The host ended or refused a connection.
struct connection_dropped {
  std::string_view peer;  ///< empty if unknown
  std::string_view why;   ///< the name of the limit that was reached, or a few words
};
/// The host sends a close frame, and ends the WebSocket when the peer has answered it.
struct connection_closing {
  std::string_view peer;
  std::uint16_t code;
  std::string_view reason;
};
/// A WebSocket has ended, whichever side ended it.
struct connection_closed {
  std::string_view peer;
};
/// A client asked for more of a pool than its share, which keeps some for the others.
struct share_exceeded {
  std::string_view peer;
  std::string_view limit;  ///< "pages_per_peer"
};
/// A pool was empty when a block was requested.
struct pool_exhausted {
  std::string_view pool;   ///< the name of the limit that sizes it
  std::uint32_t capacity;  ///< number of blocks
  std::uint32_t times;     ///< since this event was last reported
};

}  // namespace musubi
