#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// HMAC-SHA256 (RFC 2104, FIPS 180-4): what makes a token one that only this host can have written.
namespace musubi::net {

/// A secret of one host.
using hmac_key = std::array<std::uint8_t, 32>;
using hmac_tag = std::array<std::uint8_t, 32>;

/// The tag of `parts`, one behind the other. Whoever passes several sees to it that the borders
/// between them are part of what is signed.
[[nodiscard]] hmac_tag hmac_sha256(const hmac_key& key,
                                   std::span<const std::string_view> parts) noexcept;

}  // namespace musubi::net
