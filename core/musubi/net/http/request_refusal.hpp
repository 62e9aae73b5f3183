#pragma once
/// Why a host refused an HTTP request. Its response, counters and telemetry are all derived from
/// this value.

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// One refused request. Views are valid during the call that receives it.
struct request_refusal {
  enum class cause : std::uint8_t {
    malformed,    ///< malformed or unsupported: 400, 413, 501, 505
    too_long,     ///< its line, head or number of fields exceeds a limit: 414, 431
    host,         ///< Host is not a name of this server: 403, see `host_options::allowed_hosts`
    origin,       ///< a page of another origin: 403, see `host_options::allowed_origins`
    handshake,    ///< not a WebSocket handshake: 400, 426
    token,        ///< a token that cannot be decoded: 400, 431
    attempts,     ///< too many wrong tokens from this peer: 429, see `host_options::attempts`
    serializer,   ///< an unsupported version of the protocol: 403
    application,  ///< refused by the application's socket: 403
    share,        ///< the peer has used up its share: 503, see `limits::connections_per_peer`
    content,      ///< a get of the application failed: 500; or finds no room: 503
    connections,  ///< no slot is free: 503, see `limits::connections`
    stopping,     ///< the host is shutting down: 503
  };
  cause why = cause::malformed;
  std::uint16_t status = 400;
  std::string_view reason;  ///< static, a short sentence; the application's own for `application`
  std::string_view peer;    ///< as `net::stream::peer`
  std::string_view path;    ///< as sent by the client; empty if the head could not be parsed
  std::string_view host;
  std::string_view origin;
};

}  // namespace musubi::net::http
