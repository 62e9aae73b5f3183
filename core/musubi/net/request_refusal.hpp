#pragma once
/// Why a host turned an HTTP request away: the value that its answer, its counters and its
/// telemetry are made from.

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// One request that was turned away. Views are valid during the call that is given it.
struct request_refusal {
  enum class cause : std::uint8_t {
    malformed,    ///< not a request that is understood here: 400, 413, 501, 505
    too_long,     ///< its line, head or number of fields is beyond a limit: 414, 431
    host,         ///< Host is not a name of this server: 403, see `host_options::allowed_hosts`
    origin,       ///< a page of another origin: 403, see `host_options::allowed_origins`
    handshake,    ///< not a WebSocket handshake: 400, 426
    token,        ///< a token that cannot be read: 400, 431
    attempts,     ///< too many wrong tokens from this peer: 429, see `host_options::attempts`
    serializer,   ///< a version of the protocol that is not spoken here: 403
    application,  ///< the socket's own decision: 403
    share,        ///< this peer has its share: 503, see `limits::connections_per_peer`
    connections,  ///< no slot is free: 503, see `limits::connections`
    stopping,     ///< the host is about to end: 503
  };
  cause why = cause::malformed;
  std::uint16_t status = 400;
  std::string_view reason;  ///< static, a short sentence; the application's own for `application`
  std::string_view peer;    ///< as `net::stream::peer`
  std::string_view path;    ///< as the client sent them; empty where the head was not understood
  std::string_view host;
  std::string_view origin;
};

}  // namespace musubi::net::http
