#pragma once
/// The peers of one host, found by a hash of their addresses.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/host/internal/peer_book.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/memory/carver.hpp>

namespace musubi {

/// Gives a `basic_host` shares by peer address. There is room for as many peers as there can be
/// clients, so none is ever missing.
class peer_table final : public peer_book {
 public:
  /// `memory` has `bytes(limit)` bytes, aligned for anything, and outlives the table.
  peer_table(std::byte* memory, const limits& limit) noexcept : peer_table(carver(memory), limit) {}

  [[nodiscard]] static constexpr std::size_t bytes(const limits& limit) noexcept {
    carver measure;
    (void)block_pool("peers", measure, sizeof(peer), room(limit));
    measure.take(chains(limit) * sizeof(std::uint32_t));
    return measure.used();
  }

  /// The record of an address, as `stream::peer` writes it or a proxy forwards it.
  [[nodiscard]] peer* find(std::string_view address) noexcept;
  [[nodiscard]] peer* find(const net::stream& stream,
                           const net::http::trusted_proxies& proxies) noexcept override;
  [[nodiscard]] peer* find(const request_sender& sender) noexcept override;
  void settle(peer& left) noexcept override;

 private:
  peer_table(carver memory, const limits& limit) noexcept;
  [[nodiscard]] static constexpr std::size_t room(const limits& limit) noexcept {
    return std::size_t{limit.connections} + limit.requests;
  }
  [[nodiscard]] static constexpr std::size_t chains(const limits& limit) noexcept {
    return std::bit_ceil(room(limit));
  }
  [[nodiscard]] std::uint32_t& chain_of(const net::peer_key& key) noexcept;

  std::span<std::uint32_t> chains_;  // the number of the first peer of each; 0: none
};

/// For a `basic_host` without such shares.
class no_peers {
 public:
  constexpr no_peers(std::byte*, const limits&) noexcept {}
  [[nodiscard]] static constexpr std::size_t bytes(const limits&) noexcept { return 0; }
};

}  // namespace musubi
