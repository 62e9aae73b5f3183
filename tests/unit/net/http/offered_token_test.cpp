#include "http_request.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/internal/offered_token.hpp>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;

using token_kind = offered_token::kind;

struct read_offer {
  explicit read_offer(std::string_view fields, std::size_t room_size = 64)
      : request{get("/", fields)}, room(room_size, '?'), offer{read_token(request, room)} {}
  parsed_request request;
  std::string room;
  offered_token offer;
};

TEST(offered_token, finds_the_token_of_phoenix_js) {
  const read_offer r{"Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0LXRva2Vu\r\n"};
  EXPECT_EQ(r.offer.what, token_kind::ok);
  EXPECT_EQ(r.offer.token, "secret-token");
}

TEST(offered_token, reads_either_alphabet_and_padding) {
  for (const char* encoded : {"-_8", "+_8=", "-_8="}) {
    const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx."s + encoded + "\r\n"};
    EXPECT_EQ(r.offer.what, token_kind::ok) << encoded;
    EXPECT_EQ(r.offer.token, "\xFB\xFF") << encoded;
  }
}

TEST(offered_token, reads_an_offer_of_several_lines) {
  const read_offer r{
      "Sec-WebSocket-Protocol: base64url.bearer.phx.YQ\r\nSec-WebSocket-Protocol: phoenix\r\n"};
  EXPECT_EQ(r.offer.token, "a");
}

TEST(offered_token, tells_the_room_for_a_token_in_whichever_line) {
  const parsed_request request{get("/",
                                   "Sec-WebSocket-Protocol: phoenix\r\nSec-WebSocket-Protocol: "
                                   "base64url.bearer.phx.c2VjcmV0LXRva2Vu\r\n")};
  std::string room(token_room(request), '?');
  EXPECT_EQ(read_token(request, room).token, "secret-token");
  const parsed_request nothing{get("/")};
  EXPECT_EQ(token_room(nothing), 0u);
}

TEST(offered_token, takes_no_token_of_several) {
  const read_offer r{
      "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.YQ, base64url.bearer.phx.Yg\r\n"};
  EXPECT_EQ(r.offer.what, token_kind::absent);
}

TEST(offered_token, says_when_the_token_is_malformed) {
  for (const char* encoded : {"Y", "Y!", "Y.Q", "=Y"}) {
    const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx."s + encoded + "\r\n"};
    EXPECT_EQ(r.offer.what, token_kind::malformed) << encoded;
  }
}

TEST(offered_token, says_when_the_token_is_too_long) {
  const read_offer fits{"Sec-WebSocket-Protocol: base64url.bearer.phx.YWJjZA==\r\n", 4};
  EXPECT_EQ(fits.offer.token, "abcd");
  const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx.YWJjZA\r\n", 3};
  EXPECT_EQ(r.offer.what, token_kind::no_room);
}

}  // namespace
}  // namespace musubi::net::http
