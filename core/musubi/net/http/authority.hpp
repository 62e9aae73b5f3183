#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net::http {

/// `host [":" port]`: the value of a Host field, and the part of an origin or an absolute target
/// after "://" (RFC 3986 3.2). Views point into the text that was read.
struct authority {
  /// A name of letters, digits, '-', '.' and '_', or an IPv6 address in brackets, as sent.
  std::string_view host;
  std::uint16_t port = 0;  ///< 0: not given
};

/// Parses `text`; returns true when it is an authority. Accepts the characters that DNS names
/// consist of and browsers send. Unlike RFC 3986, refuses percent-encoding, "!$&'()*+,;=", '~',
/// user info, port 0 and ports above 65535. An empty host or port is allowed, as in "Host:" and
/// "a:".
[[nodiscard]] bool read_authority(std::string_view text, authority& out) noexcept;

}  // namespace musubi::net::http
