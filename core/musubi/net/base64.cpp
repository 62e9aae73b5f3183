#include <musubi/net/base64.hpp>

namespace musubi::net {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view alphabet_for_addresses =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of the digit `c` in either alphabet; -1 if it is not a digit.
constexpr int sextet(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

/// Without padding; returns the number of characters.
std::size_t write_digits(std::span<const std::uint8_t> bytes, std::string_view digits,
                         std::span<char> room) noexcept {
  std::uint32_t bits = 0;  // of which the last `held` have not been written
  unsigned held = 0;
  std::size_t size = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    held += 8;
    for (; held >= 6; held -= 6) room[size++] = digits[bits >> (held - 6) & 63U];
  }
  if (held != 0) room[size++] = digits[bits << (6 - held) & 63U];
  return size;
}

}  // namespace

std::optional<std::size_t> decode_base64(std::string_view text, std::span<char> room) noexcept {
  if (text.size() % 4 == 0) {
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1 || decoded_base64_size(text.size()) > room.size()) return std::nullopt;

  std::uint32_t bits = 0;  // of which the last `held` have not been written
  unsigned held = 0;
  std::size_t size = 0;
  for (const char c : text) {
    const int six = sextet(c);
    if (six < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(six);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    room[size++] = static_cast<char>(bits >> held);
  }
  return size;
}

std::size_t encode_base64(std::span<const std::uint8_t> bytes, std::span<char> room) noexcept {
  const std::size_t needed = encoded_base64_size(bytes.size());
  if (needed > room.size()) return 0;
  std::size_t size = write_digits(bytes, alphabet, room);
  while (size < needed) room[size++] = '=';
  return size;
}

std::size_t encode_base64url(std::span<const std::uint8_t> bytes, std::span<char> room) noexcept {
  if (encoded_base64url_size(bytes.size()) > room.size()) return 0;
  return write_digits(bytes, alphabet_for_addresses, room);
}

}  // namespace musubi::net
