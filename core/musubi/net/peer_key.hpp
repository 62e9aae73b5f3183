#pragma once

#include <cstdint>
#include <string_view>

namespace musubi::net {

/// What to count a peer by: its IPv4 address, or the network of its IPv6 address. A /64 is one
/// household or one server there, which may call from any of its 2^64 addresses.
struct peer_key {
  std::uint64_t network = 0;
  std::uint8_t family = 0;  ///< 4 or 6; 0: no internet address, as over a Unix socket

  friend constexpr bool operator==(const peer_key&, const peer_key&) noexcept = default;
};

/// The key of an address as `stream::peer` writes it or a proxy forwards it: "192.0.2.7:51234",
/// "[2001:db8::7]:51234", both without port or brackets, "::ffff:192.0.2.7", which is the first
/// again. Everything that is no address has the same key, of family 0.
[[nodiscard]] peer_key key_of_peer(std::string_view peer) noexcept;

/// The address within `peer`, without brackets and port.
[[nodiscard]] std::string_view address_of_peer(std::string_view peer) noexcept;

}  // namespace musubi::net
