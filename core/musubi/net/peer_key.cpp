#include <algorithm>
#include <cstddef>
#include <span>

#include <musubi/memory/slice.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/net/peer_key.hpp>

namespace musubi::net {
namespace {

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) noexcept {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  return value;
}

constexpr std::uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::string_view address_of_peer(std::string_view peer) noexcept {
  if (peer.starts_with('[')) {
    peer.remove_prefix(1);
    return slice(peer, 0, peer.find(']'));
  }
  const std::size_t colon = peer.find(':');
  // several colons are those of an IPv6 address
  return colon == peer.rfind(':') ? slice(peer, 0, colon) : peer;
}

peer_key key_of_peer(std::string_view peer) noexcept {
  const std::string_view text = address_of_peer(peer);
  if (ipv4_address v4; read_ipv4(text, v4)) return {big_endian(v4), 4};
  ipv6_address v6;
  if (!read_ipv6(slice(text, 0, text.find('%')), v6)) return {};
  const std::span<const std::uint8_t> bytes{v6};
  if (std::equal(std::begin(mapped), std::end(mapped), bytes.begin())) {
    return {big_endian(bytes.last(4)), 4};
  }
  return {big_endian(bytes.first(8)), 6};
}

}  // namespace musubi::net
