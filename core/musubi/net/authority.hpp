#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// `host [":" port]`: what a Host field holds, and an origin or an absolute target behind "://"
/// (RFC 3986 3.2). Views point into what was read.
struct authority {
  /// A name of letters, digits, '-', '.' and '_', or an IPv6 address in its brackets, as sent.
  std::string_view host;
  std::uint16_t port = 0;  ///< 0: none was given
};

/// True when `text` is an authority. The characters are those that names in a DNS are made of and
/// that browsers send: of what RFC 3986 would allow, percent-encoding, "!$&'()*+,;=" and '~' are
/// refused, as is user info, port 0 and a port above 65535. An empty host or port is allowed, as in
/// "Host:" and "a:".
[[nodiscard]] bool read_authority(std::string_view text, authority& out) noexcept;

}  // namespace musubi::net::http
