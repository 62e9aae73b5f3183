#pragma once
/// Opens the sockets that hosts listen on.

#include <asio/error_code.hpp>
#include <cstdint>
#include <string>

#include <musubi/asio/internal/loop.hpp>

namespace musubi::asio {

/// Where to listen: an address and port, or a path.
struct listen_address {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free port
  std::string unix_path;   ///< if not empty, listen on a Unix socket at this path instead
  bool shared = false;     ///< several sockets listen there, and the system distributes clients
};

/// A listening socket.
struct listener {
  listening_socket socket = -1;
  int family = 0;
  std::uint16_t port = 0;  ///< the actual port
  ::asio::error_code error;
  bool not_an_address = false;  ///< `listen_address::bind` is not an IP address
};

/// The name of this machine; empty if the system reports none.
[[nodiscard]] std::string own_name();

/// Why `failed` was not opened, for the user who starts the program.
[[nodiscard]] std::string reason_of(const listener& failed);

/// Opens, binds and listens. Replaces a Unix socket that no program listens on.
[[nodiscard]] listener open_listener(const listen_address& address);
/// Whether several sockets may listen at `address`, each with its share of the clients.
[[nodiscard]] bool can_share(const listen_address& address) noexcept;
/// Duplicates the descriptor of a listening socket, for another loop.
[[nodiscard]] listening_socket duplicate(const listener& original);
/// Closes the socket, and removes the path of a Unix socket.
void close_listener(const listener& original, const listen_address& address) noexcept;

}  // namespace musubi::asio
