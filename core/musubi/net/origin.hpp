#pragma once

#include <string_view>

namespace musubi::net::http {

/// True when a page of `origin` (an Origin field: scheme://host[:port]) was served by the host that
/// the request names in `host` (a Host field: host[:port]): the origin check of a WebSocket, which
/// no same-origin policy of the browser protects (RFC 6455 10.2).
///
/// Hosts are compared without case. Phoenix's `check_origin: true` stops there; here the ports must
/// agree, too, since another port of a device is often another program. A missing port is the
/// default of the origin's scheme (http, ws 80; https, wss 443), also for `host`: behind a proxy
/// that ends TLS, `https://a` and `a` are the same host. The scheme itself is not compared. "null",
/// user info, a path, or anything else that is not an origin: false. A request without Origin does
/// not come from a page; whether to let it pass is the caller's decision.
[[nodiscard]] bool same_host(std::string_view origin, std::string_view host) noexcept;

}  // namespace musubi::net::http
