#include "http_request.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/internal/upgrade.hpp>

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

TEST(select_protocol, answers_phoenix_js_whatever_else_it_offers) {
  for (const char* fields :
       {"Sec-WebSocket-Protocol: phoenix\r\n",
        "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.YQ, base64url.bearer.phx.Yg\r\n",
        "Sec-WebSocket-Protocol: base64url.bearer.phx.YQ\r\nSec-WebSocket-Protocol: phoenix\r\n"}) {
    EXPECT_EQ(select_protocol(parsed_request{get("/", fields)}), "phoenix") << fields;
  }
}

TEST(select_protocol, selects_nothing_when_nothing_known_is_offered) {
  for (const char* fields : {"", "Sec-WebSocket-Protocol: mqtt, Phoenix\r\n",
                             "Sec-WebSocket-Protocol: base64url.bearer.phx.YQ\r\n"}) {
    EXPECT_EQ(select_protocol(parsed_request{get("/", fields)}), "") << fields;
  }
}

}  // namespace
}  // namespace musubi::net::http
