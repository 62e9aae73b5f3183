#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// How the origin of a page relates to the host that it sends a request to.
enum class origin_match : std::uint8_t {
  same,
  other_port,  ///< same name, other port: another program on the device, or a proxy dropped the
               ///< port
  other_host,
  no_origin,  ///< "null", user info, a path, or anything else that is not an origin
};

/// Compares an Origin field (scheme://host[:port]) with a Host field (host[:port]). This is the
/// origin check of a WebSocket, to which the browser's same-origin policy does not apply (RFC 6455
/// 10.2).
///
/// Host names are compared case-insensitively. Phoenix's `check_origin: true` stops there; here the
/// ports must match too, because another port of a device is often another program. A missing port
/// defaults to that of the origin's scheme (http, ws: 80; https, wss: 443), also for `host`: behind
/// a proxy that terminates TLS, `https://a` and `a` are the same host. The scheme is not compared.
/// A request without Origin does not come from a page; whether to accept it is the caller's
/// decision.
[[nodiscard]] origin_match match_origin(std::string_view origin, std::string_view host) noexcept;

[[nodiscard]] inline bool same_host(std::string_view origin, std::string_view host) noexcept {
  return match_origin(origin, host) == origin_match::same;
}

}  // namespace musubi::net::http
