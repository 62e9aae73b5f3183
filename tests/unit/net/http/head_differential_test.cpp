#include "http_request.hpp"
#include "support/http_parser_oracle.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;
using kind = head_outcome::kind;

// Compares when `parse_head` accepts; how often it did.
class comparison {
 public:
  void with(const std::string& text) {
    head request;
    head_progress progress;
    const auto outcome = parse_head(text, progress, request);
    if (outcome.what != kind::complete) return;
    ++accepted_;
    const auto problem = disagreement(request, std::string_view{text}.substr(0, outcome.consumed));
    if (!problem.empty() && ++problems_ <= 10) ADD_FAILURE() << problem << " in\n" << text;
  }
  std::size_t accepted() const { return accepted_; }

 private:
  std::size_t accepted_ = 0;
  std::size_t problems_ = 0;
};

const std::vector<std::string> requests = {
    get("/a?b=c", "Accept:\r\nX-A: \t1 \r\n"),
    get("/socket/websocket?vsn=2.0.0", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
    "GET http://a.b:80/c?d HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n",
};

TEST(http_head, accepts_no_more_than_http_parser_when_a_byte_is_another_one) {
  comparison compare;
  for (const auto& request : requests) {
    for (std::size_t at = 0; at < request.size(); ++at) {
      std::string text = request;
      for (int code = 0; code < 256; ++code) {
        text[at] = static_cast<char>(code);
        compare.with(text);
      }
    }
  }
  EXPECT_GT(compare.accepted(), requests.size() * 1000);
}

TEST(http_head, accepts_no_more_than_http_parser_when_a_byte_is_put_in_or_left_out) {
  comparison compare;
  for (const auto& request : requests) {
    for (std::size_t at = 0; at < request.size(); ++at) {
      for (const char c : "\t\n\r \"#%*,/0:?@A[]^_a{|}\x7F\x80\xFF"s) {
        compare.with(request.substr(0, at) + c + request.substr(at));
      }
      compare.with(request.substr(0, at) + request.substr(at + 1));
    }
  }
  EXPECT_GT(compare.accepted(), requests.size() * 100);
}

TEST(http_head, accepts_no_more_than_http_parser_of_every_line_with_every_field) {
  comparison compare;
  for (const char* method : {"GET", "POST", "M-SEARCH", "PROPFIND", "get", "G ET", "OPTIONS"}) {
    for (const char* target : {"/",
                               "*",
                               "*a",
                               "//a/b",
                               "/?",
                               "/??#",
                               "/%zz",
                               "http://a",
                               "http://a?b",
                               "http://[::1]/",
                               "http://[]",
                               "http://[::1",
                               "http://a:1:2/",
                               "http://a:65536",
                               "http:///",
                               "h2p://a",
                               "http://u@a",
                               "://a",
                               "a",
                               "a://b://c",
                               "/\"<>\\^`{|}"}) {
      for (const char* version : {"HTTP/1.0", "HTTP/1.1", "HTTP/1.9", "HTTP/2.0", "HTTQ/1.1"}) {
        for (const char* fields :
             {"", "A:b", "Content-Length: 0", "Content-Length:0 ", "Content-Length: 00",
              "Content-Length: 0 0", "Content-Length: 0\r\nTransfer-Encoding: identity",
              "Content-Length-X: a", "Transfer-Encodin: a", "Connection: ,close",
              "Connection: \"a, close\"", "Upgrade:", "A: b\r\nA: \x80\xFF", "A : b", "A b: c"}) {
          const std::string lines = *fields == '\0' ? "" : fields + "\r\n"s;
          compare.with(method + " "s + target + " " + version + "\r\nHost: a\r\n" + lines + "\r\n");
        }
      }
    }
  }
  EXPECT_GT(compare.accepted(), 500u);
}

// The differences that support/http_parser_oracle.hpp lists: that there are no fewer.
TEST(http_head, differs_from_http_parser_where_the_rfc_says_so) {
  for (const char* fields :
       {"Content-Length: 0\t\r\n", "Content-Length: 0\r\nTransfer-Encoding-X: a\r\n"}) {
    const std::string text = get("/", fields);
    const parsed_request ours{text};
    EXPECT_TRUE(disagreement(ours, text).empty()) << fields;
    EXPECT_FALSE(second_opinion{text}.complete) << fields;
  }
  EXPECT_EQ(
      parsed_request { "GET http://a_b/ HTTP/1.1\r\nHost: a\r\n\r\n" } -> host, "a_b");
  EXPECT_EQ(
      parsed_request { "GET http://a:/ HTTP/1.1\r\nHost: a\r\n\r\n" } -> host, "a:");
}

}  // namespace
}  // namespace musubi::net::http
