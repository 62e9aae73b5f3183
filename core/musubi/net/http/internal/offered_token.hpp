#pragma once
/// The token that a page passes to phoenix.js, as it comes with an upgrade.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>

namespace musubi::net::http {

/// The prefix of the sub-protocol that carries the `authToken` of phoenix.js.
inline constexpr std::string_view auth_token_prefix = "base64url.bearer.phx.";

struct offered_token {
  enum class kind : std::uint8_t {
    absent,     ///< no token, or several, of which Phoenix takes none
    ok,         ///< `token` is the `authToken` of phoenix.js
    malformed,  ///< not base64: refuse with 400
    no_room,    ///< longer than the caller's buffer: refuse with 431
  };
  kind what = kind::absent;
  std::string_view token;  ///< in the caller's buffer; any bytes
};

/// The room that `read_token` needs at most for the token of this request, in whichever line.
[[nodiscard]] std::size_t token_room(const head& request) noexcept;

/// Reads the token in the offer of phoenix.js 1.8, `phoenix, base64url.bearer.phx.<token>`
/// (contract 1.1), decoded into `room`. Despite the name, phoenix.js writes it in the standard
/// alphabet without padding; both alphabets are accepted, padded or not.
[[nodiscard]] offered_token read_token(const head& request, std::span<char> room) noexcept;

}  // namespace musubi::net::http
