#include <charconv>
#include <cstring>

#include <musubi/host/signed_cookie.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/same_secret.hpp>

namespace musubi {

std::array<char, net::encoded_base64url_size(sizeof(net::hmac_tag))> signed_cookie::tag(
    const net::hmac_key& key, std::string_view text) const noexcept {
  // neither part holds a NUL, so no other kind of token, and no other cookie, signs the same
  constexpr std::string_view border("\0", 1);
  const std::string_view parts[] = {"musubi_cookie", border, name(), border, text};
  std::array<char, net::encoded_base64url_size(sizeof(net::hmac_tag))> written{};
  (void)net::encode_base64url(net::hmac_sha256(key, parts), written);
  return written;
}

std::size_t signed_cookie::seal(std::string_view payload, seconds expires,
                                std::span<char> room) const noexcept {
  if (sealed_size(payload.size()) > room.size()) return 0;
  // from the end of the room to its begin: what is read stays ahead of what is written
  char* const from = room.data() + room.size() - payload.size();
  if (!payload.empty()) std::memmove(from, payload.data(), payload.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(from);
  char* at = room.data() + net::encode_base64url({bytes, payload.size()}, room);
  *at++ = '.';
  at = std::to_chars(at, at + expires_digits, expires.time_since_epoch().count()).ptr;
  const auto signature = tag(keys_[0], {room.data(), static_cast<std::size_t>(at - room.data())});
  *at++ = '.';
  std::memcpy(at, signature.data(), signature.size());
  at += signature.size();
  return static_cast<std::size_t>(at - room.data());
}

std::optional<std::string_view> signed_cookie::open(std::string_view value, seconds now,
                                                    std::span<char> room) const noexcept {
  const std::size_t last = value.rfind('.');
  if (last == std::string_view::npos) return std::nullopt;
  const std::string_view text = slice(value, 0, last);
  const std::string_view given = slice(value, last + 1);
  // a value without a valid signature is not parsed
  const auto signed_by = [&](const net::hmac_key& key) noexcept {
    const auto right = tag(key, text);
    return net::same_secret(given, {right.data(), right.size()});
  };
  if (!signed_by(keys_[0]) && !(rotating_ && signed_by(keys_[1]))) return std::nullopt;

  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::int64_t expires = 0;
  const auto parsed = std::from_chars(text.data() + dot + 1, text.data() + text.size(), expires);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  if (seconds(std::chrono::seconds(expires)) <= now) return std::nullopt;
  const auto size = net::decode_base64(slice(text, 0, dot), room);
  if (!size) return std::nullopt;
  return std::string_view(room.data(), *size);
}

}  // namespace musubi
