#pragma once
/// What each peer address has of a host, so that none takes all of it.

#include <cstddef>
#include <cstdint>

#include <musubi/memory/block_pool.hpp>
#include <musubi/net/internal/peer_key.hpp>

namespace musubi {

namespace net {
class stream;
}
namespace net::http {
class trusted_proxies;
}
class request_sender;

/// One peer address, while it has anything.
struct peer {
  net::peer_key key;
  std::uint32_t next = 0;  // of the same hash; see peer_book::number_of
  std::uint32_t requests = 0;
  std::uint32_t connections = 0;
  std::uint32_t pages = 0;
  std::uint32_t subscriptions = 0;
  std::uint32_t uploads = 0;
  std::uint32_t outgoing = 0;

  [[nodiscard]] bool has_something() const noexcept {
    return (requests | connections) != 0;  // pages and the like are a connection's
  }
};

/// Knows all peers of a host that has shares by peer address; `peer_table` is one. Behind an
/// interface, so that a board, which has no such shares, does not link it.
class peer_book {
 public:
  /// The record of a stream's peer, made if there is none. Null where its address tells nobody
  /// apart: it is one of `proxies`, or no internet address, as over a Unix socket.
  [[nodiscard]] virtual peer* find(const net::stream& stream,
                                   const net::http::trusted_proxies& proxies) noexcept = 0;
  /// The record of who sends a request, if need be through a proxy. The caller settles it if it
  /// gives it nothing.
  [[nodiscard]] virtual peer* find(const request_sender& sender) noexcept = 0;
  /// Forgets a peer that has nothing any more.
  virtual void settle(peer& left) noexcept = 0;

  /// A WebSocket remembers its peer by a number that is not 0: shorter than a pointer.
  static constexpr unsigned number_bits = 24;
  static constexpr std::uint32_t most_number = (1U << number_bits) - 1;
  [[nodiscard]] std::uint32_t number_of(const peer& of) const noexcept {
    return static_cast<std::uint32_t>(pool_.index_of(&of)) + 1;
  }
  [[nodiscard]] peer& numbered(std::uint32_t number) const noexcept {
    return *static_cast<peer*>(pool_.block_at(number - 1));
  }
  [[nodiscard]] const pool_metrics& metrics() const noexcept { return pool_.metrics(); }

 protected:
  explicit peer_book(const block_pool& pool) noexcept : pool_(pool) {}
  ~peer_book() = default;

  block_pool pool_;
};

}  // namespace musubi
