#pragma once

#include <cstddef>
#include <span>
#include <sys/socket.h>

namespace musubi::asio {

/// Writes an address as text, truncated to `into`: "192.0.2.7:51234", "[2001:db8::7]:51234",
/// "unix". Returns its length.
std::size_t write_peer(const sockaddr& address, std::span<char> into) noexcept;

}  // namespace musubi::asio
