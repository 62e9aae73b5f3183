#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// HMAC-SHA256 (RFC 2104, FIPS 180-4): proves that this host wrote a token.
namespace musubi::net {

/// A secret of one host.
using hmac_key = std::array<std::uint8_t, 32>;
using hmac_tag = std::array<std::uint8_t, 32>;

/// The tag of the concatenated `parts`. A caller that passes several must make sure that their
/// boundaries are part of the signed data.
[[nodiscard]] hmac_tag hmac_sha256(const hmac_key& key,
                                   std::span<const std::string_view> parts) noexcept;

}  // namespace musubi::net
