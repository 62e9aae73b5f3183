#pragma once

#include <string_view>

/// Which names in a Host field are safe to serve, as a defence against DNS rebinding: an attacker
/// points a domain at this machine's address, and a page of that domain then sends it as both Host
/// and Origin. Names that an attacker cannot own are safe: an address, a loopback name, a name of
/// this machine. All functions take a host as `read_authority` returns it.
namespace musubi::net::http {

/// True for an IPv4 address in its usual form and for an IPv6 address in its brackets.
[[nodiscard]] bool is_literal_address(std::string_view host) noexcept;

/// True for "localhost" and names that end with ".localhost", which browsers never resolve by DNS
/// (RFC 6761 6.3).
[[nodiscard]] bool is_loopback_name(std::string_view host) noexcept;

/// True when both are the same name, ignoring case and a trailing dot.
[[nodiscard]] bool same_name(std::string_view host, std::string_view name) noexcept;

/// True when `host` is `device`, its first label, or that label followed by ".local" (mDNS): for
/// "gw.example.org" also "gw" and "gw.local". False for an empty `device`.
[[nodiscard]] bool is_name_of(std::string_view host, std::string_view device) noexcept;

}  // namespace musubi::net::http
