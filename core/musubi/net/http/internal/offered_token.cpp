#include <algorithm>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/list.hpp>
#include <musubi/net/http/internal/offered_token.hpp>
#include <musubi/net/internal/base64.hpp>

namespace musubi::net::http {

std::size_t token_room(const head& request) noexcept {
  std::size_t longest = 0;
  member_cursor members{request, "sec-websocket-protocol"};
  std::string_view member;
  while (members.next(member)) longest = std::max(longest, member.size());
  return longest;
}

offered_token read_token(const head& request, std::span<char> room) noexcept {
  using kind = offered_token::kind;
  offered_token offer;
  std::string_view encoded;
  std::size_t tokens = 0;
  member_cursor members{request, "sec-websocket-protocol"};
  std::string_view member;
  while (members.next(member)) {
    if (!member.starts_with(auth_token_prefix)) continue;
    encoded = slice(member, auth_token_prefix.size());
    ++tokens;
  }
  if (tokens != 1) return offer;

  const auto unpadded = slice(encoded, 0, encoded.find_last_not_of('=') + 1);
  if (decoded_base64_size(unpadded.size()) > room.size()) {
    offer.what = kind::no_room;
  } else if (const auto size = decode_base64(encoded, room)) {
    offer.what = kind::ok;
    offer.token = {room.data(), *size};
  } else {
    offer.what = kind::malformed;
  }
  return offer;
}

}  // namespace musubi::net::http
