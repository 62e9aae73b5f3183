#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace musubi::net {

/// A digit of either alphabet (RFC 4648 sections 4 and 5).
[[nodiscard]] constexpr bool is_base64_digit(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '/' && c <= '9') || c == '+' ||
         c == '-' || c == '_';
}

/// Size of the buffer that `decode_base64` needs for `length` characters.
[[nodiscard]] constexpr std::size_t decoded_base64_size(std::size_t length) noexcept {
  return length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1);
}

/// Decodes base64 of either alphabet (RFC 4648 sections 4 and 5), padded or not, into `room`, and
/// returns the number of bytes. Returns `std::nullopt` for any other character, an impossible
/// length, misplaced padding, or a `room` that is too small (compare `decoded_base64_size`, without
/// the padding, to tell).
[[nodiscard]] std::optional<std::size_t> decode_base64(std::string_view text,
                                                       std::span<char> room) noexcept;

/// Number of characters that `encode_base64` writes for `length` bytes.
[[nodiscard]] constexpr std::size_t encoded_base64_size(std::size_t length) noexcept {
  return (length + 2) / 3 * 4;
}

/// Encodes `bytes` in the standard alphabet, padded (RFC 4648 section 4), into `room`. Returns the
/// number of characters, or 0 when `room` is too small.
std::size_t encode_base64(std::span<const std::uint8_t> bytes, std::span<char> room) noexcept;

/// Number of characters that `encode_base64url` writes for `length` bytes.
[[nodiscard]] constexpr std::size_t encoded_base64url_size(std::size_t length) noexcept {
  return length / 3 * 4 + (length % 3 == 0 ? 0 : length % 3 + 1);
}

/// Encodes `bytes` in the URL-safe alphabet, unpadded (RFC 4648 section 5), into `room`. Returns
/// the number of characters, or 0 when `room` is too small.
std::size_t encode_base64url(std::span<const std::uint8_t> bytes, std::span<char> room) noexcept;

}  // namespace musubi::net
