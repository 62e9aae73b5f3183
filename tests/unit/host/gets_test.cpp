/// Requests that the application answers: from a buffer, in pieces, in part, or not at all.

#include "support/board.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace musubi::test {
namespace {

/// What the gets of these tests serve, and what they were asked.
struct shelf {
  std::string content = "0123456789";
  int opened = 0;
  int alive = 0;
  std::uint64_t generation = 1;
  std::string said;              ///< what `open` saw
  std::size_t most = 1U << 16U;  ///< bytes in one read
  std::vector<std::uint64_t> offsets;
  bool fails = false;
  bool throws = false;
};
shelf here_now;

/// Counts its objects.
struct counted_get {
  counted_get() noexcept {
    ++here_now.opened;
    ++here_now.alive;
  }
  ~counted_get() { --here_now.alive; }
  counted_get(const counted_get&) = delete;
  counted_get& operator=(const counted_get&) = delete;
};

struct health : counted_get {
  static constexpr std::string_view path = "/health";
  status open(const get_request& request, get_answer& answer) {
    answer.content_type = "application/json";
    if (request.param("broken")) answer.status = 503;
    body = text<64>::clipped("{\"visits\":", here_now.opened, "}");
    answer.whole(body.view());
    return {};
  }
  text<64> body;
};

/// Content of a known length, read in pieces, which may be replaced meanwhile.
struct file : counted_get {
  static constexpr std::string_view path = "/files/:id";
  status open(const get_request& request, get_answer& answer) {
    here_now.said = std::string(request.segment("id"));
    if (request.segment("id") == "missing") return refuse("no such file");
    if (request.segment("id") == "busy") return musubi::exhausted("drives");
    if (request.segment("id") == "gone") {
      answer.status = 410;
      return refuse("it was here");
    }
    if (request.segment("id") == "broken") return musubi::fail("secret detail");
    if (request.segment("id") == "thrown") throw std::runtime_error("open");
    generation = here_now.generation;
    answer.content_type = "text/plain; charset=utf-8";
    answer.etag = text<64>::clipped("g", generation);
    answer.length = here_now.content.size();
    answer.file_name = "übung.txt";
    answer.download = true;
    return {};
  }
  result<std::size_t> read(std::uint64_t offset, std::span<char> into) {
    here_now.offsets.push_back(offset);
    if (here_now.throws) throw std::runtime_error("read");
    if (here_now.fails || here_now.generation != generation) return musubi::fail("replaced");
    const std::string_view rest = slice(here_now.content, static_cast<std::size_t>(offset),
                                        std::min(into.size(), here_now.most));
    std::memcpy(into.data(), rest.data(), rest.size());
    return rest.size();
  }
  std::uint64_t generation = 0;
};

/// Lines whose number nobody knows.
struct table : counted_get {
  static constexpr std::string_view path = "/table.csv";
  status open(const get_request& request, get_answer& answer) {
    answer.content_type = "text/csv";
    rows = request.param("rows") ? std::stoi(std::string(*request.param("rows"))) : 3;
    return {};
  }
  result<std::size_t> read(std::uint64_t offset, std::span<char> into) {
    here_now.offsets.push_back(offset);
    if (here_now.fails && offset != 0) return musubi::fail("no further");
    EXPECT_GE(into.size(), get_answer::least_piece);
    std::size_t size = 0;
    while (next < rows && into.size() - size > 16) {
      size += static_cast<std::size_t>(
          std::snprintf(into.data() + size, into.size() - size, "row %d\n", next++));
    }
    return size;
  }
  int rows = 0;
  int next = 0;
};

struct page_with_all : counted_get {
  static constexpr std::string_view path = "/a/:first/b/:second";
  status open(const get_request& request, get_answer& answer) {
    here_now.said =
        std::string(request.segment("first")) + "|" + std::string(request.segment("second")) + "|" +
        std::string(request.segment("third")) + "|" +
        std::string(request.param("q").value_or("-")) + "|" +
        std::string(request.cookie("c").value_or("-")) + "|" +
        std::string(request.header("X-Own").value_or("-")) + "|" + std::string(request.client());
    answer.content_type = "text/html\r\nSet-Cookie: a=b";
    answer.etag = "not \"a\" tag";
    answer.cache_control = "max-age=60";
    answer.content_security_policy = "default-src 'self'";
    return {};
  }
};

struct shelf_socket;
struct secret : counted_get {
  static constexpr std::string_view path = "/secret";
  status open(const get_request& request, get_answer& answer, const shelf_socket& visitor);
  text<64> body;
};

struct shelf_socket {
  using roots = musubi::roots<board>;
  using gets = musubi::gets<health, file, table, page_with_all, secret>;

  status handle_connect(const connect_info& info, connection&) {
    if (info.param("throw")) throw std::runtime_error("connect");
    if (info.auth_token() != "key" && info.cookie("key") != "key") return refuse("no key");
    name = text<16>::clipped(info.param("name").value_or("nobody"));
    return {};
  }
  text<16> name;
};

status secret::open(const get_request&, get_answer& answer, const shelf_socket& visitor) {
  body = text<64>::clipped("for ", visitor.name);
  answer.content_type = "text/plain";
  answer.etag = "s";
  answer.whole(body.view());
  return {};
}

memory_port::options usual(std::size_t pipe_bytes = 1U << 16U) {
  return {.limits = small_limits(), .sizes = {.pipe_bytes = pipe_bytes}};
}

class gets_of_a_host : public testing::Test {
 protected:
  gets_of_a_host() { here_now = {}; }
  ~gets_of_a_host() override {
    server.run_for(10s);  // clients have left
    EXPECT_EQ(here_now.alive, 0) << "an object was left behind";
  }
  /// The whole of what is said to a request, on a connection of its own.
  std::string say(const std::string& request) {
    browser page = server.connection();
    page.send(request);
    return page.wire().read();
  }
  std::string get_text(const std::string& path, const std::string& fields = {}) {
    return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
  }
  response get(const std::string& path, const std::string& fields = {}) {
    return server.connection().get(path, fields);
  }

  surroundings here;
  served<shelf_socket> server{usual()};
};

// --- from a buffer ---

TEST_F(gets_of_a_host, answer_from_a_buffer) {
  browser page = server.connection();
  const response first = page.get("/health");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "{\"visits\":1}");
  EXPECT_EQ(first.field("Content-Type"), "application/json");
  EXPECT_EQ(first.field("Cache-Control"), "no-store");
  EXPECT_EQ(first.field("Connection"), "keep-alive");
  EXPECT_EQ(first.field("Accept-Ranges"), "bytes");
  EXPECT_EQ(first.field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(first.field("Cross-Origin-Resource-Policy"), "same-origin");
  EXPECT_EQ(first.field("Content-Security-Policy"), "default-src 'none'; sandbox");
  EXPECT_EQ(first.field("ETag"), std::nullopt);
  EXPECT_EQ(page.get("/health").body, "{\"visits\":2}") << "on the same connection";
  EXPECT_EQ(server.counted().requests, 2U);
}

TEST_F(gets_of_a_host, answer_with_a_status_of_their_own) {
  const response ill = get("/health?broken=1");
  EXPECT_EQ(ill.status, 503);
  EXPECT_EQ(ill.body, "{\"visits\":1}");
  EXPECT_EQ(ill.field("Retry-After"), "5");
}

TEST_F(gets_of_a_host, answer_a_short_one_in_one_write) {
  browser page = server.connection();
  (void)page.get("/health");
  EXPECT_EQ(server.end_of(page).writes(), 1U);
}

// --- in pieces ---

TEST_F(gets_of_a_host, answer_in_pieces_of_a_known_length) {
  here_now.content = std::string(20'000, 'x') + "end";
  const response whole = get("/files/1");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.field("Content-Length"), "20003");
  EXPECT_EQ(whole.body, here_now.content);
  EXPECT_EQ(whole.field("ETag"), "\"g1\"");
  EXPECT_EQ(whole.field("Cache-Control"), "no-cache");
  EXPECT_EQ(whole.field("Content-Disposition"),
            "attachment; filename=\"_bung.txt\"; filename*=UTF-8''%C3%BCbung.txt");
  EXPECT_GT(here_now.offsets.size(), 9U);
}

TEST_F(gets_of_a_host, take_pieces_of_any_size) {
  here_now.content = "0123456789";
  here_now.most = 1;
  EXPECT_EQ(get("/files/1").body, "0123456789");
  EXPECT_EQ(here_now.offsets, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(gets_of_a_host, answer_with_nothing) {
  here_now.content.clear();
  const response empty = get("/files/1");
  EXPECT_EQ(empty.status, 200);
  EXPECT_EQ(empty.field("Content-Length"), "0");
  EXPECT_EQ(here_now.offsets.size(), 0U);
}

TEST_F(gets_of_a_host, answer_in_chunks_when_nobody_knows_the_length) {
  const std::string text = get_text("/table.csv");
  EXPECT_NE(text.find("\r\nTransfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(text.find("Content-Length"), std::string::npos);
  EXPECT_EQ(text.find("Accept-Ranges"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\n0012\r\nrow 0\nrow 1\nrow 2\n\r\n0\r\n\r\n")) << text;
}

/// Undoes the chunks of a body; empty if they are malformed or incomplete.
std::string joined_chunks(std::string_view text) {
  std::string all;
  for (text = slice(text, text.find("\r\n\r\n") + 4); !text.empty();) {
    const std::size_t size =
        std::stoul(std::string(slice(text, 0, text.find("\r\n"))), nullptr, 16);
    text = slice(text, text.find("\r\n") + 2);
    if (size == 0) return text == "\r\n" ? all : "";
    if (slice(text, size, 2) != "\r\n") return "";
    all += slice(text, 0, size);
    text = slice(text, size + 2);
  }
  return "";
}

std::string rows(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += "row " + std::to_string(i) + "\n";
  return all;
}

TEST_F(gets_of_a_host, answer_in_as_many_chunks_as_it_takes) {
  EXPECT_EQ(joined_chunks(get_text("/table.csv?rows=5000")), rows(5000));
  EXPECT_EQ(joined_chunks(get_text("/table.csv?rows=0")), "");
  EXPECT_TRUE(get_text("/table.csv?rows=0").ends_with("\r\n\r\n0\r\n\r\n"));
}

TEST_F(gets_of_a_host, end_by_closing_for_clients_that_know_no_chunks) {
  const std::string text = say("GET /table.csv HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(text.ends_with("\r\n\r\nrow 0\nrow 1\nrow 2\n")) << text;
  EXPECT_NE(text.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_EQ(text.find("Transfer-Encoding"), std::string::npos);
  const std::string known = say("GET /files/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(known.ends_with("\r\n\r\n0123456789"));
  EXPECT_NE(known.find("\r\nConnection: keep-alive\r\n"), std::string::npos);
}

TEST_F(gets_of_a_host, answer_requests_that_came_at_once_in_their_order) {
  here_now.content = std::string(5000, 'x');
  const std::string one = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string text = say("GET /files/1" + one + "GET /table.csv" + one + "GET /health" + one +
                               "GET /files/2" + one);
  const std::size_t first = text.find(here_now.content + "HTTP/1.1 200 OK");
  const std::size_t second = text.find("0012\r\nrow 0\nrow 1\nrow 2\n\r\n0\r\n\r\nHTTP/1.1 200 OK");
  const std::size_t third = text.find("{\"visits\":3}HTTP/1.1 200 OK");
  ASSERT_NE(first, std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos);
  EXPECT_TRUE(text.ends_with(here_now.content));
}

TEST_F(gets_of_a_host, answer_no_more_in_one_turn_than_others_can_wait_for) {
  here_now.content = std::string(1'000'000, 'x');
  served<shelf_socket> wide(usual(1U << 21U));
  browser page = wide.connection();
  (void)wide.end_of(page).write("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  while (wide.end_of(page).waiting() == 0) (void)wide.host().events().turn();
  EXPECT_LT(wide.end_of(page).waiting(), 40'000U);
  wide.run();
  EXPECT_GT(wide.end_of(page).waiting(), 1'000'000U);
}

// --- HEAD, other methods, conditions, ranges ---

TEST_F(gets_of_a_host, answer_a_head_without_content) {
  browser page = server.connection();
  const response head =
      page.request("HEAD /files/1 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-1\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("Content-Length"), "10");
  EXPECT_EQ(here_now.offsets.size(), 0U);
  EXPECT_EQ(here_now.alive, 0);
  EXPECT_EQ(page.get("/files/1").body, "0123456789");
  const response table = page.request("HEAD /table.csv HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(table.field("Transfer-Encoding"), "chunked");
  EXPECT_EQ(page.get("/files/1").body, "0123456789");
}

TEST_F(gets_of_a_host, refuse_other_methods) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
    browser page = server.connection();
    const response refused =
        page.request(std::string(method) + " /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(refused.status, 405) << method;
    EXPECT_EQ(refused.field("Allow"), "GET, HEAD");
    EXPECT_EQ(page.get("/files/1").status, 200) << "the connection goes on";
  }
  EXPECT_EQ(here_now.opened, 6);
}

TEST_F(gets_of_a_host, spare_a_browser_what_it_has) {
  browser page = server.connection();
  const response known = page.get("/files/1", "If-None-Match: \"g1\"\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.field("ETag"), "\"g1\"");
  EXPECT_EQ(known.field("Content-Length"), std::nullopt);
  EXPECT_EQ(page.get("/files/1", "If-None-Match: \"g0\"\r\n").body, "0123456789");
  EXPECT_EQ(page.get("/files/1", "If-Match: \"g0\"\r\n").status, 412);
  EXPECT_EQ(page.get("/health?broken=1", "If-None-Match: *\r\n").status, 503);
}

TEST_F(gets_of_a_host, answer_with_a_part) {
  browser page = server.connection();
  const auto part = [&](const char* range) {
    return page.get("/files/1", "Range: " + std::string(range) + "\r\n");
  };
  EXPECT_EQ(part("bytes=2-5").status, 206);
  EXPECT_EQ(part("bytes=2-5").body, "2345");
  EXPECT_EQ(part("bytes=2-5").field("Content-Range"), "bytes 2-5/10");
  EXPECT_EQ(part("bytes=-3").body, "789");
  EXPECT_EQ(part("bytes=7-99").field("Content-Range"), "bytes 7-9/10");
  EXPECT_EQ(part("bytes=1-2,4-5").status, 200);
  const response none = part("bytes=10-");
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(none.field("Content-Range"), "bytes */10");
  EXPECT_EQ(none.body, "");
  EXPECT_EQ(page.get("/health", "Range: bytes=2-7\r\n").body, "visits") << "of a buffer as well";
}

TEST_F(gets_of_a_host, answer_with_a_part_only_of_the_version_that_was_begun) {
  browser page = server.connection();
  EXPECT_EQ(page.get("/files/1", "Range: bytes=2-5\r\nIf-Range: \"g1\"\r\n").body, "2345");
  EXPECT_EQ(page.get("/files/1", "Range: bytes=2-5\r\nIf-Range: \"g0\"\r\n").body, "0123456789");
}

TEST_F(gets_of_a_host, answer_with_everything_when_parts_cannot_be_told) {
  EXPECT_NE(get_text("/table.csv", "Range: bytes=1-2\r\n").find("HTTP/1.1 200 OK"),
            std::string::npos);
}

TEST_F(gets_of_a_host, answer_with_a_large_part) {
  for (int i = 0; here_now.content.size() < 30'000; ++i) here_now.content += std::to_string(i);
  const response part = get("/files/1", "Range: bytes=3000-20000\r\n");
  EXPECT_EQ(part.field("Content-Length"), "17001");
  EXPECT_EQ(part.body, here_now.content.substr(3000, 17001));
}

// --- paths ---

TEST_F(gets_of_a_host, decode_what_stands_for_a_segment) {
  const auto seen = [this](const char* path) {
    here_now.said = "not asked";
    const int code = get(path).status;
    return std::to_string(code) + " " + here_now.said;
  };
  EXPECT_EQ(seen("/files/1"), "200 1");
  EXPECT_EQ(seen("/files/a%20b+c"), "200 a b+c");
  EXPECT_EQ(seen("/files/%C3%9Cbung"), "200 Übung");
  EXPECT_EQ(seen("/files/.."), "200 ..");
  EXPECT_EQ(seen("/files/%2e%2E%2Fetc"), "200 ../etc");
  EXPECT_EQ(seen("/files/%zz"), "400 not asked");
  EXPECT_EQ(seen("/files/%"), "400 not asked");
  EXPECT_EQ(seen("/files/%00"), "400 not asked");
  EXPECT_EQ(seen("/files/%0d%0aSet-Cookie"), "400 not asked");
  EXPECT_EQ(seen("/files/%FF"), "400 not asked");
}

TEST_F(gets_of_a_host, are_asked_by_their_path_to_the_letter) {
  for (const char* path : {"/health/", "//health", "/Health", "/%68ealth", "/files/", "/files",
                           "/files/1/", "/files/1/2", "/files//", "/", "/healthy"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
  EXPECT_EQ(here_now.opened, 0);
}

TEST_F(gets_of_a_host, learn_what_the_request_has) {
  browser page = server.connection();
  (void)page.get("/a/x/b/%79?q=1+2", "Cookie: c=cookie\r\nX-Own: own\r\n");
  EXPECT_EQ(here_now.said.substr(0, here_now.said.rfind(':')), "x|y||1 2|cookie|own|memory");
}

TEST_F(gets_of_a_host, let_nothing_into_the_head_that_is_no_value) {
  const response answered = get("/a/x/b/y");
  EXPECT_EQ(answered.field("Content-Type"), "application/octet-stream");
  EXPECT_EQ(answered.field("Set-Cookie"), std::nullopt);
  EXPECT_EQ(answered.field("ETag"), std::nullopt);
  EXPECT_EQ(answered.field("Cache-Control"), "max-age=60");
  EXPECT_EQ(answered.field("Content-Security-Policy"), "default-src 'self'");
}

TEST_F(gets_of_a_host, leave_out_the_name_of_a_file_when_the_request_left_no_room) {
  const response answered = get("/files/1", "X-Long: " + std::string(1100, 'x') + "\r\n");
  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(answered.body, "0123456789");
  EXPECT_EQ(answered.field("Content-Disposition").value_or("").substr(0, 10), "attachment");
}

// --- refusals ---

TEST_F(gets_of_a_host, refuse_what_they_do_not_have) {
  browser page = server.connection();
  const response missing = page.get("/files/missing");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body, "no such file\n");
  EXPECT_EQ(page.get("/files/gone").status, 410);
  const response busy = page.get("/files/busy");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.body, "pool exhausted: drives\n");
  EXPECT_EQ(busy.field("Retry-After"), "5");
  EXPECT_EQ(page.get("/files/1").status, 200) << "the connection goes on";
}

TEST_F(gets_of_a_host, do_not_tell_what_has_failed) {
  for (const char* path : {"/files/broken", "/files/thrown"}) {
    const response failed = get(path);
    EXPECT_EQ(failed.status, 500);
    EXPECT_EQ(failed.body, "Internal Server Error\n");
  }
}

TEST_F(gets_of_a_host, fail_as_a_whole_when_nothing_can_be_read) {
  for (const bool by_throwing : {false, true}) {
    here_now.fails = !by_throwing;
    here_now.throws = by_throwing;
    EXPECT_EQ(get("/files/1").status, 500);
  }
}

TEST_F(gets_of_a_host, fail_when_there_is_less_than_they_said) {
  here_now.most = 0;
  EXPECT_EQ(get("/files/1").status, 500);
}

// --- who may ask ---

TEST_F(gets_of_a_host, serve_no_host_that_a_stranger_can_own) {
  EXPECT_EQ(say("GET /health HTTP/1.1\r\nHost: rebind.example\r\n\r\n").substr(9, 3), "403");
  EXPECT_EQ(here_now.opened, 0);
}

TEST_F(gets_of_a_host, may_be_for_those_whom_the_socket_lets_in) {
  const response in = get("/secret?name=Ada", "X-Phoenix-AuthToken: key\r\n");
  EXPECT_EQ(in.status, 200);
  EXPECT_EQ(in.body, "for Ada");
  EXPECT_EQ(in.field("Cache-Control"), "private, no-cache");
  EXPECT_EQ(get("/secret", "Cookie: key=key\r\n").body, "for nobody");
  const response out = get("/secret", "X-Phoenix-AuthToken: guess\r\n");
  EXPECT_EQ(out.status, 403);
  EXPECT_EQ(out.body, "no key\n");
  EXPECT_EQ(get("/secret", "If-None-Match: \"s\"\r\n").status, 403);
  EXPECT_EQ(get("/secret?throw=1").status, 403);
  EXPECT_EQ(server.counted().upgrades_refused, 3U);
  EXPECT_EQ(server.in_use().find("connections"), std::string::npos);
}

TEST_F(gets_of_a_host, for_visitors_look_at_the_origin) {
  const std::string key = "X-Phoenix-AuthToken: key\r\n";
  EXPECT_EQ(get("/secret", key + "Origin: http://localhost\r\n").status, 200);
  EXPECT_EQ(get("/secret", key + "Origin: https://evil.example\r\n").status, 403);
  EXPECT_EQ(server.counted().origins_refused, 1U);
}

TEST_F(gets_of_a_host, for_visitors_do_not_need_a_free_connection) {
  std::vector<browser> all;
  for (int i = 0; i < 8; ++i) all.push_back(server.open({.fields = "Cookie: key=key\r\n"}));
  EXPECT_EQ(get("/secret", "Cookie: key=key\r\n").status, 200);
}

// --- clients that stop, leave, or come in numbers ---

TEST_F(gets_of_a_host, cut_a_reader_that_stops) {
  here_now.content = std::string(100'000, 'x');
  browser page = server.connection();
  (void)server.end_of(page).write("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  server.run();
  EXPECT_EQ(here_now.alive, 1);
  server.run_for(29s);
  EXPECT_EQ(here_now.alive, 1);
  server.run_for(2s);
  EXPECT_EQ(here_now.alive, 0);
  EXPECT_EQ(server.counted().closed_stalled, 1U);
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(gets_of_a_host, cut_a_reader_that_is_too_slow) {
  here_now.content = std::string(200'000, 'x');
  served<shelf_socket> narrow(usual(1024));
  browser page = narrow.connection();
  (void)narrow.end_of(page).write("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  narrow.run();
  std::array<std::byte, 512> some{};
  int seconds = 0;
  for (; seconds < 120 && here_now.alive != 0; ++seconds) {
    (void)narrow.end_of(page).read(some);
    narrow.run_for(1s);
  }
  EXPECT_GT(seconds, 55);
  EXPECT_LT(seconds, 65);
  EXPECT_EQ(narrow.counted().closed_stalled, 1U);
}

TEST_F(gets_of_a_host, wait_for_a_reader_that_gets_on) {
  here_now.content = std::string(200'000, 'x');
  served<shelf_socket> narrow(usual(4096));
  browser page = narrow.connection();
  (void)narrow.end_of(page).write("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  narrow.run();
  std::array<std::byte, 2048> some{};
  std::size_t sum = 0;
  for (int second = 0; second < 300 && here_now.alive != 0; ++second) {
    sum += narrow.end_of(page).read(some);
    narrow.run_for(1s);
  }
  while (const std::size_t bytes = narrow.end_of(page).read(some)) {
    sum += bytes;
    narrow.run();
  }
  EXPECT_GT(sum, 200'000U);
  EXPECT_EQ(narrow.counted().closed_stalled, 0U);
}

TEST_F(gets_of_a_host, survive_a_client_that_leaves_after_any_byte) {
  here_now.content = std::string(3000, 'x');
  for (const auto leave : {&memory_port::client::close, &memory_port::client::reset,
                           &memory_port::client::vanish, &memory_port::client::shutdown}) {
    served<shelf_socket> narrow(usual(256));
    for (const char* path : {"/files/1", "/table.csv?rows=500", "/health"}) {
      for (std::size_t bytes = 0; bytes < 1500; bytes += 37) {
        browser page = narrow.connection();
        page.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        std::vector<std::byte> some(bytes);
        for (std::size_t read = 0; read < bytes;) {
          const std::size_t more = narrow.end_of(page).read(std::span(some).subspan(read));
          if (more == 0) break;
          read += more;
          narrow.run();
        }
        (narrow.end_of(page).*leave)();
        narrow.run_for(100s);
        ASSERT_EQ(here_now.alive, 0) << path << " " << bytes;
        ASSERT_EQ(narrow.in_use(), "");
      }
    }
  }
}

TEST_F(gets_of_a_host, cut_the_response_when_the_content_was_replaced) {
  here_now.content = std::string(100'000, 'a');
  browser page = server.connection();
  (void)server.end_of(page).write("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  server.run();
  here_now.content = std::string(100'000, 'b');
  ++here_now.generation;
  const std::string text = page.wire().read();
  EXPECT_TRUE(page.ended());
  EXPECT_EQ(text.find('b', text.find("\r\n\r\n")), std::string::npos);
  EXPECT_LT(text.size(), 100'000U);
}

TEST_F(gets_of_a_host, leave_the_last_chunk_out_when_they_cannot_go_on) {
  here_now.fails = true;
  browser page = server.connection();
  page.send("GET /table.csv?rows=5000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string text = page.wire().read();
  EXPECT_TRUE(page.ended());
  EXPECT_NE(text.find("row 1\n"), std::string::npos);
  EXPECT_EQ(joined_chunks(text), "");
}

TEST_F(gets_of_a_host, answer_503_when_as_many_are_under_way_as_may_be) {
  here_now.content = std::string(200'000, 'x');
  std::vector<browser> readers;  // of small_limits' four requests, two may be downloads
  for (int i = 0; i < 2; ++i) {
    readers.push_back(server.connection());
    readers.back().send("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  EXPECT_EQ(here_now.alive, 2);
  const response refused = get("/files/1");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("Retry-After"), "5");
  EXPECT_EQ(refused.body, "pool exhausted: downloads\n");
  EXPECT_EQ(get("/health").status, 200) << "what is short is always answered";
  EXPECT_EQ(get("/files/1", "Range: bytes=0-9\r\n").status, 206);
  EXPECT_EQ(server.connection().upgrade({.fields = "Cookie: key=key\r\n"}).status, 101);
  (void)readers.front().wire().read();
  browser next = server.connection();
  EXPECT_EQ(next.get("/files/1").status, 200);
}

TEST_F(gets_of_a_host, make_room_for_a_reader_by_one_that_stopped) {
  here_now.content = std::string(200'000, 'x');
  std::vector<browser> readers;
  for (int i = 0; i < 2; ++i) {
    readers.push_back(server.connection());
    readers.back().send("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  server.run_for(1s);
  EXPECT_EQ(get("/files/1").status, 200);
  EXPECT_EQ(server.counted().closed_for_room, 1U);
}

TEST_F(gets_of_a_host, end_with_their_host) {
  here_now.content = std::string(200'000, 'x');
  {
    served<shelf_socket> brief(usual());
    browser page = brief.connection();
    page.send("GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(here_now.alive, 1);
    brief.host().stop();
    brief.run();
    EXPECT_EQ(here_now.alive, 0);
  }
  EXPECT_EQ(here_now.alive, 0);
}

TEST_F(gets_of_a_host, take_no_heap) {
  here_now.content = std::string(50'000, 'x');
  here_now.offsets.reserve(10'000);
  const std::string file_request = "GET /files/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string table_request = "GET /table.csv HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string secret_request =
      "GET /secret HTTP/1.1\r\nHost: localhost\r\nCookie: key=key\r\n\r\n";
  std::array<std::byte, 4096> some{};
  memory_port::client end = server.host().connect();
  heap_watch watch;
  for (int i = 0; i < 5; ++i) {
    for (const std::string& request :
         {std::cref(file_request), std::cref(table_request), std::cref(secret_request)}) {
      (void)end.write(request);
      server.host().settle();
      while (end.read(some) != 0) server.host().settle();
    }
  }
  EXPECT_EQ(watch.allocations(), 0U);
  EXPECT_EQ(here_now.opened, 15);
}

/// A host without gets has nothing of them in its memory.
static_assert(sizes_of<shelf_socket>().http > sizes_of<board_socket>().http);

}  // namespace
}  // namespace musubi::test
