#include <algorithm>

#include <musubi/host/internal/peer_table.hpp>
#include <musubi/host/internal/request_sender.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi {

peer_table::peer_table(carver memory, const limits& limit) noexcept
    : peer_book(block_pool("peers", memory, sizeof(peer), room(limit))),
      chains_(reinterpret_cast<std::uint32_t*>(memory.take(chains(limit) * sizeof(std::uint32_t))),
              chains(limit)) {
  std::fill(chains_.begin(), chains_.end(), 0U);
}

std::uint32_t& peer_table::chain_of(const net::peer_key& key) noexcept {
  // Fibonacci hashing: the upper bits depend on all of the key's
  const std::uint64_t mixed = (key.network ^ key.family) * 0x9E3779B97F4A7C15U;
  return chains_[static_cast<std::size_t>(mixed >> 32U) & (chains_.size() - 1)];
}

peer* peer_table::find(std::string_view address) noexcept {
  const net::peer_key key = net::key_of_peer(address);
  if (key.family == 0) return nullptr;
  std::uint32_t& first = chain_of(key);
  for (std::uint32_t at = first; at != 0; at = numbered(at).next) {
    if (numbered(at).key == key) return &numbered(at);
  }
  peer* const made = make_in<peer>(pool_);
  if (made == nullptr) return nullptr;  // only when a test says so
  made->key = key;
  made->next = first;
  first = number_of(*made);
  return made;
}

peer* peer_table::find(const net::stream& stream,
                       const net::http::trusted_proxies& proxies) noexcept {
  const net::peer_text address(&stream);
  return proxies.trusts(address) ? nullptr : find(std::string_view(address));
}

peer* peer_table::find(const request_sender& sender) noexcept {
  return find(sender.client());
}

void peer_table::settle(peer& left) noexcept {
  if (left.has_something()) return;
  std::uint32_t* at = &chain_of(left.key);
  while (*at != number_of(left)) at = &numbered(*at).next;
  *at = left.next;
  destroy_in(pool_, &left);
}

}  // namespace musubi
