#pragma once

#include <string_view>

/// Which of the names that a Host field can hold are safe to serve, against DNS rebinding: a page
/// of a stranger's domain, once that domain is pointed at this machine's address, sends the domain
/// as Host and the same name as Origin. What a stranger cannot own is safe: an address, a name of
/// loopback, a name of this machine. All take a host as `read_authority` returns it.
namespace musubi::net::http {

/// True for an IPv4 address in its usual form and for an IPv6 address in its brackets.
[[nodiscard]] bool is_literal_address(std::string_view host) noexcept;

/// True for "localhost" and names that end with ".localhost", which browsers never look up
/// (RFC 6761 6.3).
[[nodiscard]] bool is_loopback_name(std::string_view host) noexcept;

/// True when both are the same name, compared without case and without a final dot.
[[nodiscard]] bool same_name(std::string_view host, std::string_view name) noexcept;

/// True when `host` is `device`, its first label, or that label with ".local" behind it (mDNS): for
/// "gw.example.org" also "gw" and "gw.local". Nothing is a name of an empty `device`.
[[nodiscard]] bool is_name_of(std::string_view host, std::string_view device) noexcept;

}  // namespace musubi::net::http
