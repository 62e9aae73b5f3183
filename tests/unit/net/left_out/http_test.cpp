// HTTP without phrases, reasons and the choice of a file's form.
#include "unit/net/http/http_request.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/asset.hpp>
#include <musubi/net/http/internal/response.hpp>
#include <musubi/net/http/internal/upgrade.hpp>

namespace musubi::net::http {
namespace {

using namespace testing;

constexpr std::array<unsigned char, 3> compressed = {0x1F, 0x8B, 1};
constexpr std::array<unsigned char, 4> uncompressed = {'p', 'a', 'g', 'e'};
constexpr std::array<asset, 1> files = {
    {{"/index.html", "text/html", "i1", compressed, false, uncompressed}}};
constexpr asset_table table{.assets = files};

class left_out_of_http : public ::testing::Test {
 protected:
  std::string text(std::size_t size) const { return {buffer.data(), size}; }
  std::array<char, response_head_size> buffer{};
};

TEST_F(left_out_of_http, sends_the_compressed_file_whatever_is_accepted_or_known) {
  for (const char* field : {"", "Accept-Encoding: identity\r\n", "Accept-Encoding: gzip;q=0\r\n",
                            "If-None-Match: *\r\n", "If-None-Match: \"i1\"\r\n"}) {
    const parsed_request request(get("/", field));
    const asset_answer answer = answer_asset(table, request, buffer);
    EXPECT_EQ(answer.status, 200) << field;
    EXPECT_EQ(answer.body.data(), compressed.data()) << field;
    EXPECT_EQ(text(answer.head),
              "HTTP/1.1 200 \r\n"
              "Content-Type: text/html\r\n"
              "Content-Encoding: gzip\r\n"
              "Content-Length: 3\r\n"
              "Cache-Control: no-cache\r\n"
              "Content-Security-Policy: " +
                  std::string(default_content_security_policy) +
                  "; frame-ancestors 'self'\r\n"
                  "X-Content-Type-Options: nosniff\r\n"
                  "Referrer-Policy: no-referrer\r\n"
                  "Cross-Origin-Opener-Policy: same-origin\r\n"
                  "Cross-Origin-Resource-Policy: same-origin\r\n"
                  "Connection: keep-alive\r\n\r\n");
  }
}

TEST_F(left_out_of_http, answers_errors_with_a_status_alone) {
  const std::size_t size = write_error(buffer, {.status = 503, .text = "full", .retry_after = 5});
  EXPECT_EQ(text(size),
            "HTTP/1.1 503 \r\n"
            "Content-Length: 0\r\n"
            "Cache-Control: no-store\r\n"
            "Retry-After: 5\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Cross-Origin-Opener-Policy: same-origin\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\n"
            "Connection: close\r\n\r\n");
}

TEST_F(left_out_of_http, still_tells_what_is_wrong_with_a_head_by_its_status) {
  const auto status = [](std::string_view bytes) {
    head_progress progress;
    head request;
    const head_outcome outcome = parse_head(bytes, progress, request, {.line_bytes = 100});
    EXPECT_EQ(outcome.what, head_outcome::kind::refused) << bytes;
    EXPECT_EQ(outcome.reason, "") << bytes;
    return outcome.status;
  };
  EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/2.0\r\n"
                   "Host: a\r\n\r\n"),
            505);
  EXPECT_EQ(status("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
  EXPECT_EQ(status("GET /" + std::string(200, 'x')), 414);
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"), 413);
}

TEST_F(left_out_of_http, still_tells_what_an_upgrade_lacks_by_its_status) {
  const parsed_request request(
      get("/", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"));
  EXPECT_EQ(check_upgrade(request).status, 426);
  EXPECT_EQ(check_upgrade(request).reason, "");
}

}  // namespace
}  // namespace musubi::net::http
