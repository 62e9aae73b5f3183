#include <algorithm>
#include <array>

#include <musubi/update/image.hpp>
#include <musubi/update/internal/little_endian.hpp>

namespace musubi::update {

namespace {

constexpr std::uint32_t image_magic = 0x5746554D;  // "MUFW"
constexpr std::uint32_t format = 1;
constexpr std::size_t product_at = 16;
constexpr std::size_t build_at = 48;
constexpr std::size_t hash_at = 80;
constexpr std::size_t signature_at = 192;
constexpr std::size_t text_bytes = 32;

/// False if there is something behind its end, or a control character in it.
bool read_text(const std::byte* from, text<text_bytes>& into) noexcept {
  const char* const chars = reinterpret_cast<const char*>(from);
  const char* const end = std::find(chars, chars + text_bytes, '\0');
  if (!std::all_of(end, chars + text_bytes, [](char each) { return each == '\0'; })) return false;
  if (std::any_of(chars, end, [](char each) { return each < ' ' || each > '~'; })) return false;
  return into.assign({chars, static_cast<std::size_t>(end - chars)});
}

}  // namespace

result<image_info> read_header(raw_header bytes) noexcept {
  if (read_number(&bytes[0]) != image_magic) return refuse("this file is no firmware image");
  if (read_number(&bytes[4], 2) != format || read_number(&bytes[6], 2) != header_bytes) {
    return refuse("the image has a format that this firmware does not know");
  }
  image_info made{};
  made.payload_bytes = read_number(&bytes[8]);
  made.version = read_number(&bytes[12]);
  for (std::size_t i = 0; i < made.hash.size(); ++i) {
    made.hash[i] = std::to_integer<std::uint8_t>(bytes[hash_at + i]);
  }
  if (!read_text(&bytes[product_at], made.product) || !read_text(&bytes[build_at], made.build)) {
    return refuse("the header of the image is damaged");
  }
  return made;
}

bool is_signed(raw_header header, const public_key& key) noexcept {
  sha256 hash;
  hash.add(header.first<signature_at>());
  std::array<std::uint8_t, header_bytes - signature_at> signature;
  for (std::size_t i = 0; i < signature.size(); ++i) {
    signature[i] = std::to_integer<std::uint8_t>(header[signature_at + i]);
  }
  return is_signed(hash.digest(), signature, key);
}

result<image_info> whole_image(flash& in, const flash_layout& layout, std::uint8_t slot) noexcept {
  std::array<std::byte, header_bytes> bytes;
  std::uint32_t at = layout.slots[slot];
  if (!in.read(at, bytes)) return refuse("the flash could not be read");
  result<image_info> read = read_header(bytes);
  if (!read.ok()) return read;
  if (read->payload_bytes > layout.slot_bytes - header_bytes) {
    return refuse("the image is larger than a slot");
  }
  sha256 hash;
  std::uint32_t left = read->payload_bytes;
  while (left != 0) {
    at += header_bytes;
    const std::span<std::byte> part =
        std::span(bytes).first(std::min<std::size_t>(left, bytes.size()));
    if (!in.read(at, part)) return refuse("the flash could not be read");
    hash.add(part);
    left -= static_cast<std::uint32_t>(part.size());
  }
  if (hash.digest() != read->hash) return refuse("the image is damaged: its hash is wrong");
  return read;
}

}  // namespace musubi::update
