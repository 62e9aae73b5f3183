#pragma once
/// What happens to a host and its connections, as its listener is told of it. Views are valid
/// during the call.

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi {

/// The host serves from now on.
struct listening {
  std::span<const std::string_view> addresses;  ///< "http://127.0.0.1:4000/", "unix:/run/gateway"
};
/// A WebSocket was opened.
struct connection_opened {
  std::string_view peer;  ///< as `net::stream::peer`
  std::string_view path;
};
/// A connection was ended by the host, or not let in.
struct connection_dropped {
  std::string_view peer;  ///< empty where there is none
  std::string_view why;   ///< the name of the limit that was reached, or a few words
};
/// The host sends a close frame, and ends the WebSocket when that was answered.
struct connection_closing {
  std::string_view peer;
  std::uint16_t code;
  std::string_view reason;
};
/// A WebSocket has ended, whichever side ended it.
struct connection_closed {
  std::string_view peer;
};
/// A client wanted more of a pool than its share; the others find some left.
struct share_exceeded {
  std::string_view peer;
  std::string_view limit;  ///< "pages_per_peer"
};
/// A pool was empty when something was to be taken from it.
struct pool_exhausted {
  std::string_view pool;   ///< the name of the limit that sizes it
  std::uint32_t capacity;  ///< blocks in all
  std::uint32_t times;     ///< since this was told before
};

}  // namespace musubi
