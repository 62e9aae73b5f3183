#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/internal/response.hpp>

namespace musubi::net::http {
namespace {

std::string answer(const error_answer& what) {
  std::array<char, response_head_size> out{};
  const std::size_t size = write_error(out, what);
  return {out.data(), size};
}

bool has_line(const std::string& response, const std::string& line) {
  return response.find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(response, writes_status_fields_and_end) {
  std::array<char, 128> out{};
  head_writer writer{out};
  constexpr auto most = std::numeric_limits<std::size_t>::max();
  writer.status(200).field("A", "b").field("Length", most);
  writer.quoted_field("ETag", "x").end().raw("body");
  EXPECT_EQ(
      (std::string_view{out.data(), writer.finish()}),
      "HTTP/1.1 200 OK\r\nA: b\r\nLength: " + std::to_string(most) + "\r\nETag: \"x\"\r\n\r\nbody");
}

TEST(response, writes_nothing_in_part) {
  std::array<char, 20> out{};
  head_writer writer{out};
  writer.status(200);
  EXPECT_EQ(writer.finish(), 17u);
  writer.field("Too", "long for it").raw("x");
  EXPECT_EQ(writer.finish(), 0u);
}

TEST(response, writes_a_whole_error_answer) {
  EXPECT_EQ(answer({.status = 404, .text = "Not Found"}),
            "HTTP/1.1 404 Not Found\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 10\r\n"
            "Cache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Cross-Origin-Opener-Policy: same-origin\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\n"
            "Connection: close\r\n"
            "\r\n"
            "Not Found\n");
}

TEST(response, writes_an_empty_body_for_no_text) {
  const auto response = answer({.status = 403});
  EXPECT_TRUE(has_line(response, "Content-Length: 0"));
  EXPECT_EQ(response.find("Content-Type:"), std::string::npos);
  EXPECT_TRUE(response.ends_with("\r\n\r\n"));
}

TEST(response, leaves_the_body_out_for_a_head_request) {
  const auto response = answer({.status = 404, .text = "Not Found", .head_only = true});
  EXPECT_TRUE(has_line(response, "Content-Length: 10"));
  EXPECT_TRUE(response.ends_with("\r\n\r\n"));
}

TEST(response, has_a_phrase_for_every_status_that_is_sent) {
  for (const unsigned number : {101u, 200u, 304u, 400u, 401u, 403u, 404u, 405u, 406u, 408u, 413u,
                                414u, 426u, 429u, 431u, 500u, 501u, 503u, 505u}) {
    const auto status = static_cast<std::uint16_t>(number);
    EXPECT_FALSE(reason_phrase(status).empty()) << status;
    EXPECT_TRUE(answer({.status = status})
                    .starts_with("HTTP/1.1 " + std::to_string(status) + " " +
                                 std::string{reason_phrase(status)} + "\r\n"));
  }
}

TEST(response, tells_when_to_come_back_after_503) {
  EXPECT_TRUE(
      has_line(answer({.status = 503, .text = "full", .retry_after = 5}), "Retry-After: 5"));
  EXPECT_EQ(answer({.status = 503, .text = "full"}).find("Retry-After"), std::string::npos);
  EXPECT_EQ(answer({.status = 400, .retry_after = 5}).find("Retry-After"), std::string::npos);
}

TEST(response, names_the_version_with_426) {
  const auto response = answer({.status = 426});
  EXPECT_TRUE(has_line(response, "Sec-WebSocket-Version: 13"));
  EXPECT_TRUE(has_line(response, "Upgrade: websocket"));
  EXPECT_TRUE(has_line(response, "Connection: Upgrade, close"));
}

TEST(response, names_the_methods_with_405) {
  EXPECT_TRUE(has_line(answer({.status = 405}), "Allow: GET, HEAD"));
}

TEST(response, keeps_the_connection_when_told_to) {
  EXPECT_TRUE(has_line(answer({.status = 404, .keep_alive = true}), "Connection: keep-alive"));
}

TEST(response, fails_whole_at_every_room_that_is_too_small) {
  const error_answer what{.status = 503, .text = "no connection is free", .retry_after = 2};
  const std::size_t size = answer(what).size();
  std::array<char, response_head_size> out{};
  for (std::size_t room = 0; room < size; ++room) {
    EXPECT_EQ(write_error(std::span{out}.first(room), what), 0u);
  }
  EXPECT_EQ(write_error(std::span{out}.first(size), what), size);
}

}  // namespace
}  // namespace musubi::net::http
