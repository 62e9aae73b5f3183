#pragma once
/// Internet addresses: opens the listening socket, and formats peers' addresses.

#include <cstdint>
#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/posix/system.hpp>

namespace musubi::posix {

/// Every address of this machine, of both families if the system supports that.
inline constexpr std::string_view everywhere = "*";

/// Where to listen.
struct listen_address {
  /// "127.0.0.1" or "::1" (this machine only), "0.0.0.0", "::" or `everywhere`; names are not
  /// looked up.
  std::string_view bind = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  int backlog = 8;         ///< connections that wait in the system, which may limit it further
};

/// A listening socket.
class listener {
 public:
  /// Opens, binds and listens. The reason of an error is a sentence for the user who starts the
  /// program.
  [[nodiscard]] status open(const listen_address& where) noexcept;
  void close() noexcept { socket_.reset(); }
  [[nodiscard]] int descriptor() const noexcept { return socket_.get(); }
  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(socket_); }
  /// The actual port.
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  sys::descriptor socket_;
  std::uint16_t port_ = 0;
};

/// Writes the peer's address of `socket`, truncated to `into`: "192.0.2.7:51234",
/// "[2001:db8::7]:51234", "unknown". Returns its length.
std::size_t write_peer(int socket, std::span<char> into) noexcept;

}  // namespace musubi::posix
