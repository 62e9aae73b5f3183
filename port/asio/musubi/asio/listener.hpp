#pragma once
/// Opening the sockets that hosts listen on.

#include <asio/error_code.hpp>
#include <cstdint>
#include <string>

#include <musubi/asio/loop.hpp>

namespace musubi::asio {

/// Where to listen: an address and port, or a path.
struct listen_address {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  std::string unix_path;   ///< when not empty, a Unix socket instead
  bool shared = false;     ///< others of this program listen there too: the system spreads clients
};

/// A listening socket.
struct listener {
  listening_socket socket = -1;
  int family = 0;
  std::uint16_t port = 0;  ///< the one it got
  ::asio::error_code error;
  bool not_an_address = false;  ///< `error` is about `listen_address::bind` itself
};

/// The name of this machine; empty when the system does not tell.
[[nodiscard]] std::string own_name();

/// Why `failed` was not opened, in words for the person who starts the program.
[[nodiscard]] std::string reason_of(const listener& failed);

/// Opens, binds and listens. A Unix socket that nobody listens on any more is replaced.
[[nodiscard]] listener open_listener(const listen_address& address);
/// True when several sockets may listen at `address`, each with its share of the clients.
[[nodiscard]] bool can_share(const listen_address& address) noexcept;
/// Another descriptor of the same listening socket, for another loop.
[[nodiscard]] listening_socket duplicate(const listener& original);
/// Closes the original and removes a Unix socket's path.
void close_listener(const listener& original, const listen_address& address) noexcept;

}  // namespace musubi::asio
