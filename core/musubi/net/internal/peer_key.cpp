#include <cstddef>
#include <span>

#include <musubi/memory/slice.hpp>
#include <musubi/net/internal/peer_key.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::net {
namespace {

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) noexcept {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  return value;
}

}  // namespace

std::string_view address_of_peer(std::string_view peer) noexcept {
  if (peer.starts_with('[')) {
    peer.remove_prefix(1);
    return slice(peer, 0, peer.find(']'));
  }
  const std::size_t colon = peer.find(':');
  // several colons: an IPv6 address
  return colon == peer.rfind(':') ? slice(peer, 0, colon) : peer;
}

peer_key key_of_peer(std::string_view peer) noexcept {
  ip_address address;
  if (!read_ip(address_of_peer(peer), address)) return {};
  const std::span<const std::uint8_t> bytes{address.bytes};
  if (address.is_v4()) return {big_endian(bytes.last(4)), 4};
  return {big_endian(bytes.first(8)), 6};
}

}  // namespace musubi::net
