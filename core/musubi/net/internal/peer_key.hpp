#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net {

/// The key under which a peer is counted: its IPv4 address, or the /64 network of its IPv6 address.
/// A /64 usually belongs to one household or server, which may connect from any of its 2^64
/// addresses.
struct peer_key {
  std::uint64_t network = 0;
  std::uint8_t family = 0;  ///< 4 or 6; 0: not an IP address, as for a Unix socket

  friend constexpr bool operator==(const peer_key&, const peer_key&) noexcept = default;
};

/// The key of an address as `stream::peer` writes it or a proxy forwards it: "192.0.2.7:51234",
/// "[2001:db8::7]:51234", either without port or brackets, or "::ffff:192.0.2.7", which has the
/// same key as the first. All text that is not an address has the same key, with family 0.
[[nodiscard]] peer_key key_of_peer(std::string_view peer) noexcept;

/// The address in `peer`, without brackets and port.
[[nodiscard]] std::string_view address_of_peer(std::string_view peer) noexcept;

}  // namespace musubi::net
