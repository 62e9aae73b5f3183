#include <cstring>

#include <musubi/net/internal/utf8.hpp>

namespace musubi::net {

bool utf8_validator::start_character(unsigned char lead) noexcept {
  low_ = 0x80;
  high_ = 0xBF;
  if (lead < 0x80) return true;
  if (lead < 0xC2) return false;  // a stray continuation byte, or an overlong pair
  if (lead < 0xE0) {
    pending_ = 1;
    return true;
  }
  if (lead < 0xF0) {
    pending_ = 2;
    if (lead == 0xE0) low_ = 0xA0;   // below: overlong
    if (lead == 0xED) high_ = 0x9F;  // above: surrogates
    return true;
  }
  if (lead > 0xF4) return false;
  pending_ = 3;
  if (lead == 0xF0) low_ = 0x90;   // below: overlong
  if (lead == 0xF4) high_ = 0x8F;  // above: beyond U+10FFFF
  return true;
}

bool utf8_validator::feed(std::span<const std::byte> piece) noexcept {
  const std::byte* at = piece.data();
  const std::byte* const end = at + piece.size();
  while (at != end) {
    if (pending_ == 0) {
      constexpr std::uint64_t high_bits = 0x8080808080808080u;
      std::uint64_t word = 0;
      while (end - at >= 8) {
        std::memcpy(&word, at, sizeof word);
        if ((word & high_bits) != 0) break;
        at += 8;
      }
      if (at == end) break;
      if (!start_character(std::to_integer<unsigned char>(*at))) return false;
    } else {
      const auto byte = std::to_integer<unsigned char>(*at);
      if (byte < low_ || byte > high_) return false;
      low_ = 0x80;
      high_ = 0xBF;
      --pending_;
    }
    ++at;
  }
  return true;
}

bool is_utf8(std::span<const std::byte> text) noexcept {
  utf8_validator validator;
  return validator.feed(text) && validator.complete();
}

bool is_utf8(std::string_view text) noexcept {
  return is_utf8(std::as_bytes(std::span{text}));
}

}  // namespace musubi::net
