#pragma once
/// `--bind`: where a host listens.

#include <string_view>

#include <musubi/hosted/option.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::program {

/// Whether `text` is an IP address, of either version.
[[nodiscard]] inline bool is_address(std::string_view text) noexcept {
  net::ipv4_address v4;
  net::ipv6_address v6;
  return net::read_ipv4(text, v4) || net::read_ipv6(text, v6);
}

/// Reader for `option`: an IP address to listen on. "localhost" is 127.0.0.1.
template <class Text>
[[nodiscard]] complaint take_address(std::string_view value, Text& into) {
  if (value == "localhost") value = "127.0.0.1";
  if (!is_address(value)) return "not an IP address";
  return take_text(value, into);
}

/// Prefix of a `bind` that is the path of a Unix socket.
inline constexpr std::string_view unix_prefix = "unix:";
/// The path of the Unix socket; empty if `bind` is an address.
[[nodiscard]] inline std::string_view unix_path_of(std::string_view bind) noexcept {
  return bind.starts_with(unix_prefix) ? slice(bind, unix_prefix.size()) : std::string_view();
}
/// Reader for `option`: an IP address, or "unix:" and the path of a socket.
template <class Text>
[[nodiscard]] complaint take_bind(std::string_view value, Text& into) {
  if (!value.starts_with(unix_prefix)) return take_address(value, into);
  if (value == unix_prefix) return "the path of the socket is missing after unix:";
  return take_text(value, into);
}

}  // namespace musubi::program
