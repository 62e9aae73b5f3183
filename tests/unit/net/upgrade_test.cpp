#include "http_request.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/upgrade.hpp>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;

const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";

// A handshake whose fields can be left out or changed one at a time.
struct handshake {
  std::string line = "GET /socket/websocket HTTP/1.1";
  std::string upgrade = "Upgrade: websocket\r\n";
  std::string connection = "Connection: Upgrade\r\n";
  std::string version = "Sec-WebSocket-Version: 13\r\n";
  std::string key_line = "Sec-WebSocket-Key: " + key + "\r\n";

  upgrade_outcome check() const {
    const parsed_request request{line + "\r\nHost: a\r\n" + upgrade + connection + version +
                                 key_line + "\r\n"};
    return check_upgrade(request);
  }
};

TEST(upgrade, accepts_the_handshake_of_the_rfc) {
  EXPECT_TRUE(handshake{}.check().ok());
}

TEST(upgrade, accepts_tokens_of_any_case_among_others) {
  EXPECT_TRUE((handshake{.upgrade = "Upgrade: h2c, WebSocket\r\n",
                         .connection = "Connection: keep-alive, upgrade\r\n"}
                   .check()
                   .ok()));
  EXPECT_TRUE(
      (handshake{.connection = "Connection: keep-alive\r\nConnection: Upgrade\r\n"}.check().ok()));
}

TEST(upgrade, refuses_other_methods) {
  EXPECT_EQ((handshake{.line = "POST / HTTP/1.1"}.check().status), 400);
  EXPECT_EQ((handshake{.line = "HEAD / HTTP/1.1"}.check().status), 400);
}

TEST(upgrade, refuses_version_1_0) {
  EXPECT_EQ((handshake{.line = "GET / HTTP/1.0"}.check().status), 400);
}

TEST(upgrade, refuses_a_request_without_the_tokens) {
  EXPECT_EQ((handshake{.upgrade = ""}.check().status), 400);
  EXPECT_EQ((handshake{.upgrade = "Upgrade: websockets\r\n"}.check().status), 400);
  EXPECT_EQ((handshake{.connection = ""}.check().status), 400);
  EXPECT_EQ((handshake{.connection = "Connection: keep-alive\r\n"}.check().status), 400);
}

TEST(upgrade, answers_another_version_with_426) {
  for (const char* version :
       {"", "Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Version: 13, 8\r\n",
        "Sec-WebSocket-Version: 013\r\n", "Sec-WebSocket-Version:\r\n"}) {
    EXPECT_EQ((handshake{.version = version}.check().status), 426) << version;
  }
}

TEST(upgrade, refuses_a_key_that_is_not_16_bytes_in_base64) {
  for (const char* value :
       {"", "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZTE=", "dGhlIHNhbXBsZSBub25jZTEy",
        "dGhlIHNhbXBsZSBub25j ZQ=", "dGhlIHNhbXBsZSBub25jZQ==AAAA", "!!!!!!!!!!!!!!!!!!!!!!=="}) {
    EXPECT_EQ((handshake{.key_line = "Sec-WebSocket-Key: "s + value + "\r\n"}.check().status), 400)
        << value;
  }
  EXPECT_EQ((handshake{.key_line = ""}.check().status), 400);
}

TEST(upgrade, computes_the_accept_key_of_the_rfc) {
  const auto accept = accept_key(key);
  EXPECT_EQ((std::string_view{accept.data(), accept.size()}), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(upgrade, writes_the_answer) {
  std::array<char, upgrade_answer_size> out{};
  const std::size_t size = write_upgrade(out, key);
  EXPECT_EQ((std::string_view{out.data(), size}),
            "HTTP/1.1 101 Switching Protocols\r\n"
            "Upgrade: websocket\r\n"
            "Connection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            "\r\n");
}

TEST(upgrade, writes_the_selected_protocol) {
  std::array<char, upgrade_answer_size> out{};
  const std::size_t size = write_upgrade(out, key, "phoenix");
  const std::string_view answer{out.data(), size};
  EXPECT_NE(answer.find("\r\nSec-WebSocket-Protocol: phoenix\r\n\r\n"), std::string_view::npos);
}

TEST(upgrade, has_room_for_a_protocol_of_32_bytes) {
  std::array<char, upgrade_answer_size> out{};
  EXPECT_NE(write_upgrade(out, key, std::string(32, 'p')), 0u);
}

TEST(upgrade, writes_nothing_when_it_does_not_fit) {
  std::array<char, upgrade_answer_size> out{};
  const std::size_t size = write_upgrade(out, key);
  for (std::size_t room = 0; room < size; ++room) {
    EXPECT_EQ(write_upgrade(std::span{out}.first(room), key), 0u);
  }
  EXPECT_EQ(write_upgrade(std::span{out}.first(size), key), size);
}

using token_kind = offered_protocols::token_kind;

struct read_offer {
  explicit read_offer(std::string_view fields, std::size_t room_size = 64)
      : request{get("/", fields)}, room(room_size, '?'), offer{read_protocols(request, room)} {}
  parsed_request request;
  std::string room;
  offered_protocols offer;
};

TEST(read_protocols, finds_the_token_of_phoenix_js) {
  const read_offer r{"Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0LXRva2Vu\r\n"};
  EXPECT_EQ(r.offer.what, token_kind::ok);
  EXPECT_EQ(r.offer.token, "secret-token");
  EXPECT_EQ(r.offer.selected, "phoenix");
}

TEST(read_protocols, reads_either_alphabet_and_padding) {
  for (const char* encoded : {"-_8", "+_8=", "-_8="}) {
    const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx."s + encoded + "\r\n"};
    EXPECT_EQ(r.offer.what, token_kind::ok) << encoded;
    EXPECT_EQ(r.offer.token, "\xFB\xFF") << encoded;
    EXPECT_EQ(r.offer.selected, "") << encoded;
  }
}

TEST(read_protocols, reads_an_offer_of_several_lines) {
  const read_offer r{
      "Sec-WebSocket-Protocol: base64url.bearer.phx.YQ\r\nSec-WebSocket-Protocol: phoenix\r\n"};
  EXPECT_EQ(r.offer.token, "a");
  EXPECT_EQ(r.offer.selected, "phoenix");
}

TEST(read_protocols, tells_the_room_for_a_token_in_whichever_line) {
  const parsed_request request{get("/",
                                   "Sec-WebSocket-Protocol: phoenix\r\nSec-WebSocket-Protocol: "
                                   "base64url.bearer.phx.c2VjcmV0LXRva2Vu\r\n")};
  std::string room(token_room(request), '?');
  EXPECT_EQ(read_protocols(request, room).token, "secret-token");
  const parsed_request nothing{get("/")};
  EXPECT_EQ(token_room(nothing), 0u);
}

TEST(read_protocols, selects_nothing_when_nothing_known_is_offered) {
  EXPECT_EQ(read_offer{""}.offer.selected, "");
  const read_offer r{"Sec-WebSocket-Protocol: mqtt, Phoenix\r\n"};
  EXPECT_EQ(r.offer.what, token_kind::absent);
  EXPECT_EQ(r.offer.selected, "");
}

TEST(read_protocols, takes_no_token_of_several) {
  const read_offer r{
      "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.YQ, base64url.bearer.phx.Yg\r\n"};
  EXPECT_EQ(r.offer.what, token_kind::absent);
  EXPECT_EQ(r.offer.selected, "phoenix");
}

TEST(read_protocols, says_when_the_token_is_malformed) {
  for (const char* encoded : {"Y", "Y!", "Y.Q", "=Y"}) {
    const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx."s + encoded + "\r\n"};
    EXPECT_EQ(r.offer.what, token_kind::malformed) << encoded;
  }
}

TEST(read_protocols, says_when_the_token_is_too_long) {
  const read_offer fits{"Sec-WebSocket-Protocol: base64url.bearer.phx.YWJjZA==\r\n", 4};
  EXPECT_EQ(fits.offer.token, "abcd");
  const read_offer r{"Sec-WebSocket-Protocol: base64url.bearer.phx.YWJjZA\r\n", 3};
  EXPECT_EQ(r.offer.what, token_kind::no_room);
}

}  // namespace
}  // namespace musubi::net::http
