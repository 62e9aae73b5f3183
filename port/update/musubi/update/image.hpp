#pragma once
/// The format of a firmware image: a header of 256 bytes, and the payload behind it. Numbers are
/// little-endian, texts ASCII and padded with zeros.
///
///     offset  size
///          0     4  magic: "MUFW"
///          4     2  format: 1
///          6     2  size of the header: 256
///          8     4  size of the payload
///         12     4  version: grows with each release
///         16    32  product: the devices that the image is for
///         48    32  build: a name for people, such as a date and a commit
///         80    32  SHA-256 of the payload
///        112    80  zeros
///        192    64  ECDSA P-256 signature of bytes 0 to 191: r and s, big-endian
///
/// `scripts/sign-firmware` makes images.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/update/flash.hpp>
#include <musubi/update/sha256.hpp>
#include <musubi/update/signature.hpp>

namespace musubi::update {

inline constexpr std::size_t header_bytes = 256;

/// The header of an image, as it stands in an image.
using raw_header = std::span<const std::byte, header_bytes>;

/// What a header says.
struct image_info {
  std::uint32_t payload_bytes;
  std::uint32_t version;
  text<32> product;
  text<32> build;
  sha256_digest hash;
};

/// What `bytes` say, or why they are no header. The signature is not looked at.
[[nodiscard]] result<image_info> read_header(raw_header bytes) noexcept;
/// Whether the owner of `key` signed this header.
[[nodiscard]] bool is_signed(raw_header header, const public_key& key) noexcept;

/// What the header of the image in a slot says, if its payload is whole: its hash is right.
[[nodiscard]] result<image_info> whole_image(flash& in, const flash_layout& layout,
                                             std::uint8_t slot) noexcept;

}  // namespace musubi::update
