#include <array>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/internal/base64.hpp>

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

/// The same as a table, which takes 256 bytes.
constexpr auto sextets = [] {
  std::array<std::int8_t, 256> made{};
  for (std::size_t i = 0; i < made.size(); ++i) {
    made[i] = static_cast<std::int8_t>(sextet(static_cast<char>(i)));
  }
  return made;
}();

/// Decodes four characters to three bytes; false if one is not a digit.
[[maybe_unused]] inline bool decode_four(const char* from, char* to) noexcept {
  const auto six = [from](std::size_t i) -> int {
    return sextets[static_cast<unsigned char>(from[i])];
  };
  const int bits = six(0) << 18 | six(1) << 12 | six(2) << 6 | six(3);
  to[0] = static_cast<char>(bits >> 16);
  to[1] = static_cast<char>(bits >> 8);
  to[2] = static_cast<char>(bits);
  return bits >= 0;
}

/// Without padding; returns the number of characters.
std::size_t write_digits(std::span<const std::uint8_t> bytes, std::string_view digits,
                         std::span<char> room) noexcept {
  std::size_t size = 0;
  if constexpr (short_ways) {
    for (; bytes.size() >= 3; bytes = bytes.subspan(3), size += 4) {
      const std::uint32_t three =
          std::uint32_t{bytes[0]} << 16U | std::uint32_t{bytes[1]} << 8U | std::uint32_t{bytes[2]};
      char* const to = room.data() + size;
      to[0] = digits[three >> 18U];
      to[1] = digits[three >> 12U & 63U];
      to[2] = digits[three >> 6U & 63U];
      to[3] = digits[three & 63U];
    }
  }
  std::uint32_t bits = 0;  // of which the last `held` have not been written
  unsigned held = 0;
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

  std::size_t size = 0;
  if constexpr (short_ways) {
    for (; text.size() >= 4; text.remove_prefix(4), size += 3) {
      if (!decode_four(text.data(), room.data() + size)) return std::nullopt;
    }
  }
  std::uint32_t bits = 0;  // of which the last `held` have not been written
  unsigned held = 0;
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
