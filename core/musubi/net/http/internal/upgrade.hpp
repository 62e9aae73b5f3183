#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>

/// The server side of the WebSocket opening handshake (RFC 6455 section 4.2).
namespace musubi::net::http {

/// Outcome of `check_upgrade`.
struct upgrade_outcome {
  /// 101, or the status to refuse with: 400, or 426 when only the version is wrong.
  std::uint16_t status = 101;
  std::string_view reason;  ///< static, one short sentence

  [[nodiscard]] bool ok() const noexcept { return status == 101; }
};

/// Checks that `request` is a WebSocket handshake: GET, HTTP/1.1, "websocket" in Upgrade, "upgrade"
/// in Connection, a key of 16 bytes in base64, version 13.
[[nodiscard]] upgrade_outcome check_upgrade(const head& request) noexcept;

/// Length of a Sec-WebSocket-Accept value: 20 bytes in base64.
inline constexpr std::size_t accept_key_size = 28;

/// The Sec-WebSocket-Accept of a request's Sec-WebSocket-Key (RFC 6455 4.2.2).
[[nodiscard]] std::array<char, accept_key_size> accept_key(std::string_view key) noexcept;

/// Size of a buffer that fits the response of `write_upgrade`, with a protocol of up to 32 bytes.
inline constexpr std::size_t upgrade_answer_size = 192;

/// Writes the 101 response to the request with Sec-WebSocket-Key `key` and returns its size, or 0
/// if it does not fit. `protocol` is the selected sub-protocol, one the client offered, or empty.
[[nodiscard]] std::size_t write_upgrade(std::span<char> out, std::string_view key,
                                        std::string_view protocol = {}) noexcept;

/// The sub-protocol of phoenix.js.
inline constexpr std::string_view phoenix_protocol = "phoenix";

/// What to respond with to the offer in Sec-WebSocket-Protocol: "phoenix" if it is among it,
/// otherwise empty. Names are case-sensitive.
[[nodiscard]] std::string_view select_protocol(const head& request) noexcept;

}  // namespace musubi::net::http
