#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The client side of the WebSocket opening handshake (RFC 6455 section 4.1).
namespace musubi::net::http {

/// A Sec-WebSocket-Key: 16 random bytes in base64.
using websocket_key = std::array<char, 24>;
[[nodiscard]] websocket_key make_websocket_key(std::span<const std::byte, 16> random) noexcept;

/// What a client asks for.
struct upgrade_request {
  std::string_view host;    ///< the server's authority: "192.0.2.7:4000"
  std::string_view target;  ///< path and query: "/socket/websocket?vsn=2.0.0"
  /// A secret for the server, sent as phoenix.js sends its `authToken`: as a sub-protocol, not in
  /// the URL, which proxies log. At most `most_token_bytes`.
  std::string_view token = {};
};
inline constexpr std::size_t most_token_bytes = 512;

/// Writes the request and returns its size; 0 if it does not fit, or the token is too long.
[[nodiscard]] std::size_t write_upgrade_request(std::span<char> out, const upgrade_request& wanted,
                                                const websocket_key& key) noexcept;

/// Outcome of `read_upgrade_answer`.
struct upgrade_answer {
  enum class kind : std::uint8_t {
    incomplete,  ///< call again when there are more bytes
    accepted,    ///< frames begin after `consumed` bytes
    refused,     ///< by the server, with `status`
    malformed,   ///< not the answer of a WebSocket server: `reason`
  };
  kind what = kind::incomplete;
  std::uint16_t status = 0;
  std::size_t consumed = 0;
  std::string_view reason = {};  ///< static, one short sentence
};

/// Reads the response to a request that was sent with `key`, from the first bytes received.
[[nodiscard]] upgrade_answer read_upgrade_answer(std::string_view bytes,
                                                 const websocket_key& key) noexcept;

}  // namespace musubi::net::http
