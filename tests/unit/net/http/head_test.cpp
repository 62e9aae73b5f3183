#include "http_request.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;
using kind = head_outcome::kind;

// The outcome of `text`, which must not depend on how it is cut: whole, in two pieces, byte by
// byte.
head_outcome outcome_of(const std::string& text, const head_limits& limits = {}) {
  head request;
  head_progress at_once;
  const auto expected = parse_head(text, at_once, request, limits);
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    head_progress progress;
    auto outcome = parse_head(std::string_view{text}.substr(0, cut), progress, request, limits);
    if (outcome.what == kind::incomplete) outcome = parse_head(text, progress, request, limits);
    EXPECT_EQ(outcome.what, expected.what) << text << " cut at " << cut;
    EXPECT_EQ(outcome.status, expected.status) << text << " cut at " << cut;
    EXPECT_EQ(outcome.consumed, expected.consumed) << text << " cut at " << cut;
  }
  head_progress progress;
  head_outcome outcome;
  for (std::size_t size = 0; size <= text.size() && outcome.what == kind::incomplete; ++size) {
    outcome = parse_head(std::string_view{text}.substr(0, size), progress, request, limits);
  }
  EXPECT_EQ(outcome.what, expected.what) << text << " byte by byte";
  EXPECT_EQ(outcome.status, expected.status) << text << " byte by byte";
  return expected;
}

// The status that `text` is refused with; 0 if it is not.
unsigned refusal(const std::string& text, const head_limits& limits = {}) {
  return outcome_of(text, limits).status;
}

const std::string chromium_upgrade =
    "GET /socket/websocket?token=abc&vsn=2.0.0 HTTP/1.1\r\n"
    "Host: 127.0.0.1:4000\r\n"
    "Connection: keep-alive, Upgrade\r\n"
    "Pragma: no-cache\r\n"
    "Cache-Control: no-cache\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/120\r\n"
    "Upgrade: websocket\r\n"
    "Origin: http://127.0.0.1:4000\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Accept-Language: en-US,en;q=0.9\r\n"
    "Cookie: _key=SFMyNTY; theme=dark\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0\r\n"
    "X-Forwarded-For: 10.0.0.1\r\n"
    "\r\n";

TEST(http_head, parses_the_upgrade_of_a_browser) {
  ASSERT_EQ(outcome_of(chromium_upgrade).consumed, chromium_upgrade.size());
  const parsed_request request{chromium_upgrade};
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->path, "/socket/websocket");
  EXPECT_EQ(request->query, "token=abc&vsn=2.0.0");
  EXPECT_EQ(request->minor_version, 1);
  EXPECT_TRUE(request->keep_alive);
  EXPECT_EQ(request->host, "127.0.0.1:4000");
  EXPECT_EQ(request->origin, "http://127.0.0.1:4000");
  EXPECT_EQ(request->connection, "keep-alive, Upgrade");
  EXPECT_EQ(request->upgrade, "websocket");
  EXPECT_EQ(request->sec_websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");
  EXPECT_EQ(request->sec_websocket_version, "13");
  EXPECT_EQ(request->sec_websocket_protocol, "phoenix, base64url.bearer.phx.c2VjcmV0");
  EXPECT_EQ(request->sec_websocket_extensions, "permessage-deflate; client_max_window_bits");
  EXPECT_EQ(request->cookie, "_key=SFMyNTY; theme=dark");
  EXPECT_EQ(request->user_agent, "Mozilla/5.0 (X11; Linux x86_64) Chrome/120");
  EXPECT_EQ(request->accept_encoding, "gzip, deflate, br");
  EXPECT_EQ(request->x_forwarded_for, "10.0.0.1");
  EXPECT_FALSE(present(request->authorization));
  EXPECT_FALSE(present(request->if_none_match));
  EXPECT_FALSE(present(request->x_forwarded_proto));
  EXPECT_EQ(find_field(request, "accept-LANGUAGE"), "en-US,en;q=0.9");
  EXPECT_FALSE(present(find_field(request, "accept")));
}

TEST(http_head, consumes_the_head_and_leaves_what_follows) {
  const std::string first = get("/one");
  const auto outcome = outcome_of(first + "\x81\x85" + get("/two"));
  EXPECT_EQ(outcome.what, kind::complete);
  EXPECT_EQ(outcome.consumed, first.size());
}

TEST(http_head, may_move_between_calls) {
  const std::string text = get("/moved", "Cookie: a=b\r\n");
  head_progress progress;
  head request;
  {
    const std::string part = text.substr(0, 20);
    EXPECT_EQ(parse_head(part, progress, request).what, kind::incomplete);
  }
  EXPECT_EQ(parse_head(text, progress, request).what, kind::complete);
  EXPECT_EQ(request.path, "/moved");
  EXPECT_EQ(request.cookie, "a=b");
}

TEST(http_head, visits_every_field_in_order) {
  const parsed_request request{get("/", "X-A: 1\r\nx-b:2\r\nX-A:\t3 \t\r\nX-Empty:\r\n")};
  field_cursor cursor{request->fields};
  header_field field;
  std::vector<std::string> seen;
  while (cursor.next(field))
    seen.push_back(std::string{field.name} + "=" + std::string{field.value});
  EXPECT_EQ(seen,
            (std::vector<std::string>{"Host=device.local", "X-A=1", "x-b=2", "X-A=3", "X-Empty="}));
}

TEST(http_head, joins_the_lines_of_a_list_field) {
  const parsed_request request{
      get("/", "Connection: keep-alive\r\nUpgrade: h2c\r\nCONNECTION: foo , uPGRADE\r\n")};
  EXPECT_EQ(request->connection, "keep-alive");
  EXPECT_TRUE(has_member(request, "connection", "upgrade"));
  EXPECT_TRUE(has_member(request, "connection", "keep-alive"));
  EXPECT_FALSE(has_member(request, "connection", "websocket"));
  EXPECT_FALSE(has_member(request, "connection", "upgrad"));
}

TEST(http_head, tells_an_empty_field_from_an_absent_one) {
  const parsed_request request{get("/", "Accept-Encoding:\r\n")};
  EXPECT_TRUE(present(request->accept_encoding));
  EXPECT_TRUE(request->accept_encoding.empty());
  EXPECT_FALSE(present(request->cookie));
}

TEST(http_head, accepts_other_methods_for_its_caller_to_refuse) {
  for (const char* method : {"HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
    const parsed_request request{method + " / HTTP/1.1\r\nHost: a\r\n\r\n"s};
    EXPECT_EQ(request->method, method);
  }
}

TEST(http_head, reads_the_wish_to_keep_the_connection) {
  EXPECT_TRUE(parsed_request { get("/") } -> keep_alive);
  EXPECT_FALSE(parsed_request { get("/", "Connection: close\r\n") } -> keep_alive);
  EXPECT_FALSE(parsed_request { "GET / HTTP/1.0\r\n\r\n" } -> keep_alive);
  EXPECT_TRUE(parsed_request { "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" } -> keep_alive);
}

TEST(http_head, lets_the_wish_to_close_win) {
  for (const char* version : {"1.0", "1.1"}) {
    const parsed_request request{
        "GET / HTTP/"s + version +
        "\r\nHost: a\r\nConnection: keep-alive\r\nConnection: x, Close\r\n\r\n"};
    EXPECT_FALSE(request->keep_alive) << version;
  }
}

TEST(http_head, accepts_version_1_0_without_host) {
  EXPECT_EQ(
      parsed_request { "GET / HTTP/1.0\r\n\r\n" } -> minor_version, 0);
}

TEST(http_head, accepts_the_absolute_form_and_takes_the_host_from_it) {
  const parsed_request request{
      "GET http://device.local:4000/a?b=c HTTP/1.1\r\nHost: other\r\n\r\n"};
  EXPECT_EQ(request->host, "device.local:4000");
  EXPECT_EQ(request->path, "/a");
  EXPECT_EQ(request->query, "b=c");
  const parsed_request bare{"GET http://device.local HTTP/1.1\r\nHost: other\r\n\r\n"};
  EXPECT_EQ(bare->host, "device.local");
  EXPECT_EQ(bare->path, "/");
  const parsed_request query{"GET http://device.local?x=1 HTTP/1.1\r\nHost: other\r\n\r\n"};
  EXPECT_EQ(query->host, "device.local");
  EXPECT_EQ(query->path, "/");
  EXPECT_EQ(query->query, "x=1");
}

TEST(http_head, accepts_the_asterisk_of_options) {
  EXPECT_EQ(
      parsed_request { "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n" } -> path, "*");
  EXPECT_EQ(refusal("OPTIONS *a HTTP/1.1\r\nHost: a\r\n\r\n"), 400u);
  EXPECT_EQ(refusal("GET * HTTP/1.1\r\nHost: a\r\n\r\n"), 400u);
}

TEST(http_head, accepts_the_forms_a_host_may_have) {
  for (const char* host :
       {"a", "a.b:80", "127.0.0.1:4000", "[::1]:4000", "[fe80::1]", "a_b", "a:", ""}) {
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: "s + host + "\r\n\r\n"), 0u) << host;
  }
}

TEST(http_head, refuses_what_is_not_a_host) {
  for (const char* host : {"a b", "a/b", "u@a", "a,b", "a:b", "a:80:80", "[::1", "[::1]x", "[g]",
                           "a?b", "a#b", "<a>", "\xC3\xA9"}) {
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: "s + host + "\r\n\r\n"), 400u) << host;
  }
}

TEST(http_head, refuses_version_1_1_without_host) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n\r\n"), 400u);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"), 400u);
}

TEST(http_head, refuses_a_repeated_field_that_may_come_once) {
  for (const char* name : {"Host", "Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Version",
                           "Authorization", "User-Agent"}) {
    EXPECT_EQ(refusal(get("/", name + ": a\r\n"s + name + ": a\r\n")), 400u) << name;
  }
  EXPECT_EQ(refusal(get("/", "Content-Length: 0\r\nContent-Length: 0\r\n")), 400u);
  EXPECT_EQ(refusal(get("/", "hOST: device.local\r\n")), 400u);
}

TEST(http_head, refuses_bare_line_feeds) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\nHost: a\n\n"), 400u);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\n\r\n"), 400u);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\n\n"), 400u);
  EXPECT_EQ(refusal("\n"), 400u);
}

TEST(http_head, refuses_bare_carriage_returns) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n"), 400u);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"), 400u);
  EXPECT_EQ(refusal("\rGET / HTTP/1.1\r\n"), 400u);
}

TEST(http_head, refuses_empty_lines_before_the_request) {
  EXPECT_EQ(refusal("\r\n" + get("/")), 400u);
  EXPECT_EQ(refusal("\r\n\r\n"), 400u);
}

TEST(http_head, refuses_folded_lines) {
  EXPECT_EQ(refusal(get("/", "X-A: one\r\n two\r\n")), 400u);
  EXPECT_EQ(refusal(get("/", "X-A: one\r\n\ttwo\r\n")), 400u);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), 400u);
}

TEST(http_head, refuses_every_control_character_anywhere) {
  for (int code = 0; code < 0x80; ++code) {
    if (code >= 0x20 && code != 0x7F) continue;
    const std::string c(1, static_cast<char>(code));
    EXPECT_EQ(refusal("GET /" + c + " HTTP/1.1\r\nHost: a\r\n\r\n"), 400u) << code;
    EXPECT_EQ(refusal(get("/", "X" + c + "A: b\r\n")), 400u) << code;
    if (code == 0x09) continue;  // a tab may be inside a value
    EXPECT_EQ(refusal(get("/", "X-A: a" + c + "b\r\n")), 400u) << code;
  }
}

TEST(http_head, refuses_every_control_character_at_every_distance) {
  for (std::size_t size = 1; size < 40; ++size) {
    const std::string line(size, 'a');
    ASSERT_EQ(refusal(get("/" + line, "X: " + line + "\r\n")), 0u) << size;
    for (int code = 0; code < 0x80; ++code) {
      if ((code >= 0x20 && code != 0x7F) || code == 0x09) continue;
      const std::string c(1, static_cast<char>(code));
      ASSERT_EQ(refusal(get("/" + line + c, "")), 400u) << size << ": " << code;
      ASSERT_EQ(refusal(get("/", "X: " + line + c + "b\r\n")), 400u) << size << ": " << code;
      ASSERT_EQ(refusal(get("/", "X" + line + c + ": b\r\n")), 400u) << size << ": " << code;
    }
  }
}

TEST(http_head, refuses_a_tls_handshake_at_its_first_byte) {
  head request;
  head_progress progress;
  EXPECT_EQ(parse_head("\x16\x03\x01", progress, request).status, 400u);
}

TEST(http_head, says_what_is_wrong) {
  struct sample {
    std::string text;
    std::string_view reason;
    std::string_view limit = {};
  };
  const std::string get_line = "GET / HTTP/1.1\r\n";
  for (const auto& [text, reason, limit] :
       {sample{"GET / HTTP/1.1\n", "a line ends without CR"},
        sample{"GET / HTTP/1.1\ra", "CR without LF"},
        sample{"\r\n", "the request line is empty"},
        sample{get_line + " a: b\r\n\r\n", "a line starts with whitespace"},
        sample{"G\x01", "control character"},
        sample{std::string(30, 'a'), "the request line is too long", "line_bytes"},
        sample{get_line + std::string(90, 'a'), "the request head is too long", "head_bytes"},
        sample{"GET\r\n\r\n", "malformed request line"},
        sample{"G(T / HTTP/1.1\r\n\r\n", "malformed method"},
        sample{"GET /# HTTP/1.1\r\n\r\n", "malformed target"},
        sample{"GET / HTTP/11\r\n\r\n", "malformed version"},
        sample{"GET / HTTP/2.0\r\n\r\n", "only HTTP/1.x is supported"},
        sample{get_line + "a b: c\r\n\r\n", "malformed field name"},
        sample{get_line + "A: a\r\nB: b\r\nC: c\r\n\r\n", "too many header fields", "fields"},
        sample{get_line + "Host: a\r\nHost: a\r\n\r\n", "a header field is repeated"},
        sample{"GETT / HTTP/1.1\r\n\r\n", "unknown method"},
        sample{"GE / HTTP/1.1\r\n\r\n", "unknown method"},
        sample{"CONNECT a HTTP/1.1\r\n\r\n", "CONNECT is not supported"},
        sample{get_line + "\r\n", "missing Host"},
        sample{get_line + "Host: a b\r\n\r\n", "malformed Host"},
        sample{get_line + "Host: a\r\nContent-Length: 7\r\n\r\n",
               "request bodies are not accepted"},
        sample{get_line + "Host: a\r\nContent-Length: x\r\n\r\n", "malformed Content-Length"}}) {
    const head_outcome told = outcome_of(text, {.head_bytes = 80, .line_bytes = 24, .fields = 2});
    EXPECT_EQ(told.what, kind::refused) << text;
    EXPECT_EQ(told.reason, reason) << text;
    EXPECT_EQ(told.limit, limit) << text;
  }
}

TEST(http_head, refuses_a_malformed_request_line) {
  for (const char* line : {"GET",
                           "GET /",
                           "GET  HTTP/1.1",
                           "GET / ",
                           "GET  / HTTP/1.1",
                           "GET /  HTTP/1.1",
                           " GET / HTTP/1.1",
                           "GET / HTTP/1.1 ",
                           "GET /a b HTTP/1.1",
                           "GET /\tb HTTP/1.1",
                           "GET / HTTP/11",
                           "GET / HTTP/1.",
                           "GET / HTTP/1.10",
                           "GET / http/1.1",
                           "GET / HTTPS/1.1",
                           "GET / 1.1",
                           "GET a HTTP/1.1",
                           "GET ?a HTTP/1.1",
                           "GET /#a HTTP/1.1",
                           "GET /\xC3\xA9 HTTP/1.1",
                           "GET http:// HTTP/1.1",
                           "GET http://u@a/ HTTP/1.1",
                           "GET http://a:b/ HTTP/1.1",
                           "GET http://a:65536/ HTTP/1.1",
                           "GET ://a/ HTTP/1.1",
                           "GET h2p://a/ HTTP/1.1",
                           "GET http:/a HTTP/1.1",
                           "G(T / HTTP/1.1",
                           "G\xC3T / HTTP/1.1"}) {
    EXPECT_EQ(refusal(line + "\r\nHost: a\r\n\r\n"s), 400u) << line;
  }
}

TEST(http_head, refuses_other_versions) {
  for (const char* version : {"HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"}) {
    EXPECT_EQ(refusal("GET / "s + version + "\r\nHost: a\r\n\r\n"), 505u) << version;
  }
  EXPECT_EQ(refusal("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505u);
}

TEST(http_head, refuses_unknown_methods_and_connect) {
  EXPECT_EQ(refusal("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 501u);
  EXPECT_EQ(refusal("get / HTTP/1.1\r\nHost: a\r\n\r\n"), 501u);
  EXPECT_EQ(refusal("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n"), 501u);
}

TEST(http_head, refuses_malformed_fields) {
  for (const char* line : {"NoColon", ": value", "Sp ace: a", "Blank : a", "Tab\t: a", "Bad(: a",
                           "\xC3\xA9: a", "\"Q\": a"}) {
    EXPECT_EQ(refusal(get("/", line + "\r\n"s)), 400u) << line;
  }
}

TEST(http_head, accepts_bytes_above_ascii_in_a_value) {
  EXPECT_EQ(
      parsed_request { get("/", "User-Agent: caf\xC3\xA9\r\n") } -> user_agent, "caf\xC3\xA9");
}

TEST(http_head, refuses_a_request_with_a_body) {
  EXPECT_EQ(refusal(get("/", "Content-Length: 1\r\n")), 413u);
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"), 413u);
  EXPECT_EQ(refusal(get("/", "Transfer-Encoding: chunked\r\n")), 413u);
  EXPECT_EQ(refusal(get("/", "Transfer-Encoding: identity\r\n")), 413u);
}

TEST(http_head, accepts_a_body_of_no_bytes) {
  EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"), 0u);
}

TEST(http_head, refuses_a_malformed_content_length) {
  for (const char* value : {"", "-1", "+1", "0x0", "1a", "0, 0", "99999999999999999999999"}) {
    EXPECT_EQ(refusal(get("/", "Content-Length: "s + value + "\r\n")), 400u) << value;
  }
}

TEST(http_head, refuses_both_length_and_transfer_encoding) {
  const auto status = refusal(get("/", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(status == 400u || status == 413u) << status;
}

// Limits.

TEST(http_head, bounds_the_request_line) {
  const head_limits limits{.head_bytes = 200, .line_bytes = 40, .fields = 8};
  const auto line = [](std::size_t size) {
    return "GET /" + std::string(size - 14, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  EXPECT_EQ(refusal(line(40), limits), 0u);
  EXPECT_EQ(refusal(line(41), limits), 414u);
  EXPECT_EQ(refusal("GET /" + std::string(100, 'a'), limits), 414u);
}

TEST(http_head, bounds_the_whole_head) {
  const head_limits limits{.head_bytes = 120, .line_bytes = 40, .fields = 8};
  const auto sized = [](std::size_t size) {
    const std::string frame = get("/", "X: \r\n");
    return get("/", "X: " + std::string(size - frame.size(), 'a') + "\r\n");
  };
  ASSERT_EQ(sized(120).size(), 120u);
  EXPECT_EQ(refusal(sized(120), limits), 0u);
  EXPECT_EQ(refusal(sized(121), limits), 431u);
  EXPECT_EQ(refusal(sized(5000), limits), 431u);
}

TEST(http_head, refuses_an_endless_head_when_the_limit_is_reached) {
  const head_limits limits{.head_bytes = 120, .line_bytes = 40, .fields = 8};
  std::string text = "GET / HTTP/1.1\r\n";
  while (text.size() < 120) text += "a:b\r\n";
  head_progress progress;
  head request;
  EXPECT_EQ(parse_head(text.substr(0, 119), progress, request, limits).what, kind::incomplete);
  EXPECT_EQ(parse_head(text.substr(0, 120), progress, request, limits).status, 431u);
}

TEST(http_head, bounds_the_number_of_fields) {
  const head_limits limits{.head_bytes = 200, .line_bytes = 40, .fields = 3};
  EXPECT_EQ(refusal(get("/", "a: 1\r\nb: 2\r\n"), limits), 0u);
  EXPECT_EQ(refusal(get("/", "a: 1\r\nb: 2\r\nc: 3\r\n"), limits), 431u);
}

}  // namespace
}  // namespace musubi::net::http
