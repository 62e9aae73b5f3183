#include <algorithm>
#include <array>
#include <mbedtls/base64.h>

#include <musubi/net/base64.hpp>

namespace musubi::net {
namespace {

/// As the standard alphabet writes it; '\0' for what neither alphabet has.
constexpr char standard(char c) noexcept {
  if (c == '-') return '+';
  if (c == '_') return '/';
  const bool alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return alphanumeric || c == '+' || c == '/' ? c : '\0';
}

}  // namespace

std::optional<std::size_t> decode_base64(std::string_view text, std::span<char> room) noexcept {
  if (text.size() % 4 == 0) {
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1 || decoded_base64_size(text.size()) > room.size()) return std::nullopt;

  // Mbed TLS knows the standard alphabet, padded: translate a piece at a time.
  std::array<unsigned char, 64> piece;
  std::size_t size = 0;
  while (!text.empty()) {
    const std::size_t count = std::min(text.size(), piece.size());
    for (std::size_t i = 0; i < count; ++i) {
      const char c = standard(text[i]);
      if (c == '\0') return std::nullopt;
      piece[i] = static_cast<unsigned char>(c);
    }
    std::size_t padded = count;
    while (padded % 4 != 0) piece[padded++] = '=';
    std::size_t written = 0;
    auto* const out = reinterpret_cast<unsigned char*>(room.data()) + size;
    if (mbedtls_base64_decode(out, room.size() - size, &written, piece.data(), padded) != 0) {
      return std::nullopt;
    }
    size += written;
    text.remove_prefix(count);
  }
  return size;
}

}  // namespace musubi::net
