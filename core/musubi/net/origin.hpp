#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// How the origin of a page relates to the host that it asks.
enum class origin_match : std::uint8_t {
  same,
  other_port,  ///< the same name: another program of the same device, or a proxy dropped the port
  other_host,
  no_origin,  ///< "null", user info, a path, or anything else that is not an origin
};

/// Compares an Origin field (scheme://host[:port]) with a Host field (host[:port]): the origin
/// check of a WebSocket, which no same-origin policy of the browser protects (RFC 6455 10.2).
///
/// Hosts are compared without case. Phoenix's `check_origin: true` stops there; here the ports must
/// agree, too, since another port of a device is often another program. A missing port is the
/// default of the origin's scheme (http, ws 80; https, wss 443), also for `host`: behind a proxy
/// that ends TLS, `https://a` and `a` are the same host. The scheme itself is not compared. A
/// request without Origin does not come from a page; whether to let it pass is the caller's
/// decision.
[[nodiscard]] origin_match match_origin(std::string_view origin, std::string_view host) noexcept;

[[nodiscard]] inline bool same_host(std::string_view origin, std::string_view host) noexcept {
  return match_origin(origin, host) == origin_match::same;
}

}  // namespace musubi::net::http
