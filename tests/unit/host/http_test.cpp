/// What a host answers before a WebSocket is one: files, metrics, upgrades and their refusals.

#include "support/board.hpp"
#include "support/served.hpp"

#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <musubi/async/offload.hpp>
#include <musubi/host/attempt_limiter.hpp>
#include <musubi/hosted/internal/work_queue.hpp>
#include <musubi/net/internal/base64.hpp>

namespace musubi::test {
namespace {

constexpr unsigned char index_bytes[] = {'i', 'n', 'd', 'e', 'x'};
constexpr unsigned char script_bytes[] = {'s', 'c', 'r', 'i', 'p', 't'};
constexpr net::http::asset files[] = {
    {"/index.html", "text/html; charset=utf-8", "tag-of-index", index_bytes, false},
    {"/assets/app-1234.js", "text/javascript", "tag-of-app", script_bytes, true},
};

constexpr std::string_view allowed_origins[] = {"https://example.org"};
constexpr std::string_view allowed_hosts[] = {"device.local", "192.0.2.7", "[::1]"};

memory_port::options with_metrics() {
  memory_port::options chosen{.limits = small_limits()};
  chosen.serve.metrics_path = "/metrics";
  chosen.serve.allowed_origins = allowed_origins;
  return chosen;
}

class http_of_a_host : public testing::Test {
 protected:
  http_of_a_host() { server.host().assets({.assets = files}); }
  int status_of(const upgrade_request& wanted) {
    return server.connection().upgrade(wanted).status;
  }

  surroundings here;
  served<board_socket> server{with_metrics()};
};

// --- files and metrics ---

TEST_F(http_of_a_host, serves_a_file) {
  browser page = server.connection();
  const response index = page.get("/");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.body, "index");
  EXPECT_EQ(index.field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(index.field("Cache-Control"), "no-cache");
  EXPECT_EQ(index.field("Connection"), "keep-alive");
}

TEST_F(http_of_a_host, serves_several_requests_of_one_connection) {
  browser page = server.connection();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(page.get("/assets/app-1234.js").body, "script");
    EXPECT_EQ(page.get("/").body, "index");
    EXPECT_EQ(page.get("/nope").status, 404);
  }
  EXPECT_EQ(server.counted().requests, 15U);
  EXPECT_EQ(server.counted().accepted, 1U);
}

TEST_F(http_of_a_host, serves_requests_that_came_at_once_in_their_order) {
  browser page = server.connection();
  page.send(
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /assets/app-1234.js HTTP/1.1\r\nHost: "
      "localhost\r\n\r\n");
  const std::string both = page.wire().read();
  const std::size_t first = both.find("\r\n\r\nindexHTTP/1.1 200 OK");
  EXPECT_NE(first, std::string::npos);
  EXPECT_GT(both.find("\r\n\r\nscript"), first);
}

TEST_F(http_of_a_host, answers_a_head_without_a_body) {
  browser page = server.connection();
  const response head = page.request("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("Content-Length"), "5");
  EXPECT_EQ(page.get("/").body, "index");
}

TEST_F(http_of_a_host, answers_304_for_what_a_browser_has) {
  browser page = server.connection();
  EXPECT_EQ(page.get("/", "If-None-Match: \"tag-of-index\"\r\n").status, 304);
  EXPECT_EQ(page.get("/", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(http_of_a_host, closes_when_asked_to) {
  browser page = server.connection();
  EXPECT_EQ(page.get("/", "Connection: close\r\n").field("Connection"), "close");
  EXPECT_TRUE(page.ended());
  page.close();
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(http_of_a_host, refuses_other_methods_than_get_and_head) {
  browser page = server.connection();
  const response refused = page.request("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.field("Allow"), "GET, HEAD");
}

TEST_F(http_of_a_host, refuses_what_is_no_request_and_closes) {
  browser page = server.connection();
  EXPECT_EQ(page.request("\x16\x03\x01 nonsense\r\n\r\n").status, 400);
  EXPECT_TRUE(page.ended());
  page.close();
  EXPECT_EQ(server.counted().heads_refused, 1U);
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(http_of_a_host, refuses_a_head_that_is_too_long) {
  browser page = server.connection();
  const response refused =
      page.request("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(4000, 'x'));
  EXPECT_EQ(refused.status, 431);
  EXPECT_EQ(refused.body, "the request head is too long: read_bytes\n");
  EXPECT_EQ(server.counted().heads_too_long, 1U);
}

TEST_F(http_of_a_host, reads_a_head_that_comes_byte_by_byte) {
  browser page = server.connection();
  const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Y: z\r\n\r\n";
  for (std::size_t i = 0; i + 1 < request.size(); ++i) page.send(request.substr(i, 1));
  EXPECT_EQ(page.request(request.substr(request.size() - 1)).body, "index");
}

TEST_F(http_of_a_host, serves_its_metrics) {
  browser client = server.open();
  (void)client.mounted("Test.Board");
  browser page = server.connection();
  const response metrics = page.get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_EQ(metrics.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const auto* line :
       {"# TYPE musubi_upgrades_total counter\nmusubi_upgrades_total 1\n", "musubi_joins_total 1\n",
        "musubi_page_failures_total 0\n", "# TYPE musubi_pool_used gauge\n",
        "musubi_pool_used{pool=\"connections\",", "musubi_pool_high_water{pool=\"pages\","}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(metrics.body.back(), '\n');
}

TEST(metrics_of_a_host, include_the_slots_for_offloaded_work_when_its_port_has_threads) {
  surroundings here;
  hosted::work_queue threads(4);
  served<board_socket> server{with_metrics()};
  EXPECT_EQ(server.connection().get("/metrics").body.find("offload_slots"), std::string::npos);
  server.core().loop().employ(threads);
  const auto work = offload({}, [] {});
  browser page = server.connection();
  const std::string used = "musubi_pool_used{pool=\"offload_slots\",block_bytes=\"" +
                           std::to_string(threads.metrics().block_bytes) + "\"} 1\n";
  EXPECT_NE(page.get("/metrics").body.find(used), std::string::npos);
}

TEST_F(http_of_a_host, serves_no_metrics_unless_told_where) {
  served<board_socket> quiet;
  browser page = quiet.connection();
  EXPECT_EQ(page.get("/metrics").status, 404);
}

// --- upgrades ---

TEST_F(http_of_a_host, upgrades_to_a_websocket) {
  browser page = server.connection();
  const response upgraded = page.upgrade({});
  EXPECT_EQ(upgraded.status, 101);
  EXPECT_EQ(upgraded.field("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(upgraded.field("Upgrade"), "websocket");
}

TEST_F(http_of_a_host, takes_messages_that_came_right_behind_the_upgrade) {
  browser page = server.connection();
  const std::string hello = R"([null,"1","phoenix","heartbeat",{}])";
  EXPECT_EQ(page.request(upgrade_text() + client_text(hello)).status, 101);
  EXPECT_EQ(page.next(), R"([null,"1","phoenix","phx_reply",{"status":"ok","response":{}}])");
}

TEST_F(http_of_a_host, refuses_serializers_that_it_does_not_speak) {
  EXPECT_EQ(status_of({.path = "/socket/websocket?vsn=2.0.0"}), 101);
  EXPECT_EQ(status_of({.path = "/socket/websocket?token=a&vsn=2.1.0"}), 101);
  EXPECT_EQ(status_of({.path = "/socket/websocket?vsn=1.0.0"}), 403);
  EXPECT_EQ(status_of({.path = "/socket/websocket?vsn=3.0.0"}), 403);
  EXPECT_EQ(status_of({.path = "/socket/websocket?vsn=two"}), 403);
  EXPECT_EQ(status_of({.path = "/socket/websocket"}), 403);
}

TEST_F(http_of_a_host, refuses_who_handle_connect_refuses_with_an_empty_403) {
  for (const auto* wish : {"refuse", "throw"}) {
    browser page = server.connection();
    const response refused =
        page.upgrade({.path = "/socket/websocket?vsn=2.0.0&wish=" + std::string(wish)});
    EXPECT_EQ(refused.status, 403) << wish;
    EXPECT_EQ(refused.body, "");
  }
  EXPECT_EQ(server.in_use().find("connections"), std::string::npos);
  EXPECT_EQ(server.counted().upgrades_refused, 2U);
}

TEST_F(http_of_a_host, tells_a_plain_get_of_the_same_path_why) {
  const auto ask = [this](std::string_view query, std::string_view fields = {}) {
    browser page = server.connection();
    return page.get("/socket/websocket?vsn=2.0.0" + std::string(query), fields);
  };
  EXPECT_EQ(ask("&wish=refuse").status, 403);
  EXPECT_EQ(ask("&wish=refuse").body, "go away\n");
  EXPECT_EQ(ask("&wish=throw").body, "");
  EXPECT_TRUE(
      ask("", "Origin: https://evil.example\r\n").body.starts_with("Origin \"https://evil"));
  EXPECT_TRUE(
      ask("", "X-Socket-Origin: http://localhost:8080\r\n")
          .body.ends_with(": the ports differ; a "
                          "proxy has to pass Host on, or allowed_origins to name the origin\n"));
  EXPECT_EQ(ask("", "X-Socket-Origin: http://localhost\r\n").status, 400);
  // Nothing is wrong with this one, but that it is no upgrade.
  EXPECT_EQ(ask("&name=Ada", "X-Phoenix-AuthToken: secret\r\n").status, 400);
  EXPECT_EQ(here.visitor, "peer memory:, name Ada, token secret");
  EXPECT_EQ(server.in_use().find("connections"), std::string::npos);
  EXPECT_EQ(server.counted().upgrades_refused, 0U);
}

TEST_F(http_of_a_host, tells_handle_connect_who_is_there) {
  // "secret" in base64url
  (void)server.open({.path = "/socket/websocket?name=Ada%20L&vsn=2.0.0&name=Ada+B",
                     .fields =
                         "Cookie: other=1; session=abc%20d\r\nx-real: 192.0.2.7\r\n"
                         "Origin: http://localhost\r\n"
                         "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0\r\n"});
  EXPECT_EQ(here.visitor,
            "peer memory:, name Ada B, cookie abc d, token secret, x-real 192.0.2.7, origin "
            "http://localhost");
}

TEST_F(http_of_a_host, hands_cookies_of_several_lines_to_handle_connect) {
  (void)server.open({.fields = "Cookie: other=%zz\r\nCookie: third=3; session=a%20b+\r\n"});
  EXPECT_TRUE(here.visitor.ends_with(", cookie a b+")) << here.visitor;
}

TEST_F(http_of_a_host, selects_the_sub_protocol_phoenix_when_it_is_offered) {
  browser page = server.connection();
  const response upgraded = page.upgrade(
      {.fields = "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0\r\n"});
  EXPECT_EQ(upgraded.status, 101);
  EXPECT_EQ(upgraded.field("Sec-WebSocket-Protocol"), "phoenix");
  browser plain = server.connection();
  EXPECT_EQ(plain.upgrade({}).field("Sec-WebSocket-Protocol"), std::nullopt);
}

TEST_F(http_of_a_host, refuses_a_token_that_is_no_base64) {
  EXPECT_EQ(status_of({.fields = "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.!!\r\n"}),
            400);
}

TEST_F(http_of_a_host, refuses_an_invalid_upgrade) {
  browser page = server.connection();
  EXPECT_EQ(page.get("/socket/websocket?vsn=2.0.0").status, 400);
  browser post = server.connection();
  EXPECT_EQ(post.request("POST /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: localhost\r\n"
                         "Content-Length: 0\r\n\r\n")
                .status,
            400);
  browser old = server.connection();
  const response outdated = old.get("/socket/websocket?vsn=2.0.0",
                                    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    "Sec-WebSocket-Version: 8\r\n");
  EXPECT_EQ(outdated.status, 426);
  EXPECT_EQ(outdated.field("Sec-WebSocket-Version"), "13");
}

TEST_F(http_of_a_host, looks_at_the_origin) {
  EXPECT_EQ(status_of({.fields = "Origin: http://localhost\r\n"}), 101);
  EXPECT_EQ(status_of({.fields = "Origin: https://example.org\r\n"}), 101);
  EXPECT_EQ(status_of({.fields = "Origin: https://evil.example\r\n"}), 403);
  EXPECT_EQ(status_of({.fields = "Origin: null\r\n"}), 403);
  EXPECT_EQ(status_of({.fields = "Origin: http://localhost.evil.example\r\n"}), 403);
}

TEST_F(http_of_a_host, does_not_look_at_the_origin_when_told_not_to) {
  memory_port::options open_to_all{.limits = small_limits()};
  open_to_all.serve.check_origin = false;
  served<board_socket> open(open_to_all);
  EXPECT_EQ(open.connection().upgrade({.fields = "Origin: https://evil.example\r\n"}).status, 101);
}

TEST_F(http_of_a_host, says_which_origin_it_refuses) {
  browser page = server.connection();
  const response refused = page.upgrade({.fields = "Origin: https://evil.example\r\n"});
  EXPECT_EQ(
      refused.body,
      "Origin \"https://evil.example\" does not match Host \"localhost\"; a proxy has to pass Host "
      "on, or allowed_origins to name the origin\n");
  EXPECT_EQ(refused.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(server.counted().origins_refused, 1U);
  EXPECT_EQ(server.counted().upgrades_refused, 1U);
}

TEST_F(http_of_a_host, says_when_only_the_ports_of_origin_and_host_differ) {
  browser page = server.connection();
  const response refused = page.upgrade({.fields = "Origin: http://localhost:8080\r\n"});
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("Host \"localhost\": the ports differ"), std::string::npos)
      << refused.body;
}

TEST_F(http_of_a_host, quotes_no_more_of_a_request_than_its_answer_holds) {
  browser page = server.connection();
  const std::string host(400, 'h');
  const response refused =
      page.upgrade({.host = "localhost", .fields = "Origin: http://" + host + "\r\n"});
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("\"http://" + host.substr(0, 93) + "\" does not"), std::string::npos);
  EXPECT_EQ(server.connection().upgrade({.host = host}).status, 403);
}

// --- names of the host, against DNS rebinding ---

constexpr std::string_view strangers[] = {
    "rebind.attacker.example:4000",
    "rebind.attacker.example",
    "127.0.0.1.attacker.example",
    "localhost.attacker.example",
    "device.attacker.example",
    "device",
    "device.local",
    "2130706433",
    "0x7f.1",
    "127.1",
    "attacker.example.",
    "",
    ":4000",
};

TEST_F(http_of_a_host, serves_no_host_that_a_stranger_can_own) {
  for (const std::string_view host : strangers) {
    const std::string name(host);
    EXPECT_EQ(status_of({.host = name}), 403) << host;
    EXPECT_EQ(status_of({.host = name, .fields = "Origin: http://" + name + "\r\n"}), 403) << host;
    for (const std::string path :
         {"/", "/metrics", "/assets/app-1234.js", "/nope", "/socket/websocket"}) {
      browser page = server.connection();
      const response refused =
          page.request("GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n");
      EXPECT_EQ(refused.status, 403) << host << path;
      EXPECT_TRUE(page.ended());
    }
  }
  EXPECT_EQ(server.counted().hosts_refused, 7 * std::size(strangers));
  EXPECT_EQ(server.counted().upgrades, 0U);
  server.run();
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(http_of_a_host, takes_the_host_of_an_absolute_target) {
  const auto status = [this](std::string_view target, std::string_view host) {
    return server.connection()
        .request("GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) +
                 "\r\n\r\n")
        .status;
  };
  EXPECT_EQ(status("http://attacker.example/", "localhost"), 403);
  EXPECT_EQ(status("http://localhost/", "attacker.example"), 200);
}

TEST_F(http_of_a_host, serves_addresses_and_names_of_loopback) {
  for (const char* host : {"127.0.0.1:4000", "192.0.2.7", "[::1]:4000", "[2001:db8::7]",
                           "localhost", "LOCALHOST:4000", "localhost.", "app.localhost"}) {
    EXPECT_EQ(status_of({.host = host}), 101) << host;
  }
  browser old = server.connection();
  EXPECT_EQ(old.request("GET / HTTP/1.0\r\n\r\n").status, 200);
}

TEST_F(http_of_a_host, says_which_host_it_refuses) {
  browser page = server.connection();
  const response refused =
      page.request("GET / HTTP/1.1\r\nHost: rebind.attacker.example:4000\r\n\r\n");
  EXPECT_EQ(refused.body,
            "Host \"rebind.attacker.example:4000\" is not a name of this server; allowed_hosts can "
            "add it\n");
  EXPECT_EQ(server.connection().request("HEAD / HTTP/1.1\r\nHost: a.example\r\n\r\n").status, 403);
}

int status_at(served<board_socket>& host, std::string name) {
  return host.connection().upgrade({.host = std::move(name)}).status;
}

TEST_F(http_of_a_host, serves_the_names_of_its_device) {
  memory_port::options named{.limits = small_limits()};
  named.serve.device_name = "gw.example.org";
  served<board_socket> host(named);
  for (const char* name :
       {"gw", "gw.local", "gw.example.org", "GW.Example.Org:4000", "127.0.0.1"}) {
    EXPECT_EQ(status_at(host, name), 101) << name;
  }
  for (const char* name : {"gw.evil.example", "example.org", "localhost.evil.example"}) {
    EXPECT_EQ(status_at(host, name), 403) << name;
  }
}

TEST_F(http_of_a_host, serves_the_names_it_is_given_instead_of_its_devices) {
  memory_port::options named{.limits = small_limits()};
  named.serve.device_name = "gw";
  named.serve.allowed_hosts = allowed_hosts;
  served<board_socket> host(named);
  for (const char* name :
       {"device.local", "Device.Local:4000", "device.local.", "192.0.2.7:4000", "[::1]:4000"}) {
    EXPECT_EQ(status_at(host, name), 101) << name;
  }
  for (const char* name : {"gw", "evil.example", "evil.example:4000", "device"}) {
    EXPECT_EQ(status_at(host, name), 403) << name;
  }
}

TEST_F(http_of_a_host, serves_any_host_when_told_to) {
  memory_port::options open_to_all{.limits = small_limits()};
  open_to_all.serve.check_host = false;
  served<board_socket> host(open_to_all);
  EXPECT_EQ(status_at(host, "whatever.example"), 101);
}

// --- guessing at tokens ---

struct guarded_socket {
  using roots = musubi::roots<board>;
  status handle_connect(const connect_info& info, connection&) {
    if (info.param("fail")) return musubi::fail("not the token's fault");
    return info.auth_token() == "secret" ? status() : musubi::refuse("unauthorized");
  }
};

class guessing : public testing::Test {
 protected:
  static memory_port::options guarded(attempt_table& attempts) {
    memory_port::options chosen{.limits = small_limits()};
    chosen.serve.attempts = &attempts;
    return chosen;
  }
  response try_token(std::string_view token, std::string_view query = {}) {
    std::string encoded(net::encoded_base64url_size(token.size()), '\0');
    const std::string bytes(token);
    (void)net::encode_base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                                encoded);
    return server.connection().upgrade(
        {.path = "/socket/websocket?vsn=2.0.0" + std::string(query),
         .fields = "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx." + encoded + "\r\n"});
  }

  surroundings here;
  attempt_limiter<4> attempts{{.free = 2}};
  served<guarded_socket> server{guarded(attempts)};
};

TEST_F(guessing, has_to_wait_longer_each_time) {
  EXPECT_EQ(try_token("a").status, 403);
  EXPECT_EQ(try_token("b").status, 403);
  EXPECT_EQ(try_token("c").status, 403);
  const response refused = try_token("d");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.field("Retry-After"), "1");
  EXPECT_EQ(refused.body, "too many wrong tokens from this address\n");
  EXPECT_EQ(try_token("secret").status, 429);
  server.run_for(1s);
  EXPECT_EQ(try_token("e").status, 403);
  EXPECT_EQ(try_token("f").field("Retry-After"), "2");
  EXPECT_EQ(server.counted().attempts_refused, 3U);
  server.run_for(2s);
  EXPECT_EQ(try_token("secret").status, 101);
  EXPECT_EQ(try_token("g").status, 403);
  EXPECT_EQ(try_token("secret").status, 101);
}

TEST_F(guessing, is_not_what_a_page_without_a_token_does) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(try_token("").status, 403);
    EXPECT_EQ(server.connection().upgrade().status, 403);
  }
  EXPECT_EQ(try_token("secret").status, 101);
}

TEST_F(guessing, is_not_what_a_socket_that_fails_does) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(try_token(std::to_string(i), "&fail=1").status, 403);
  EXPECT_EQ(try_token("secret").status, 101);
}

TEST_F(guessing, does_not_keep_out_who_brings_no_token) {
  for (const char* wrong : {"a", "b", "c"}) EXPECT_EQ(try_token(wrong).status, 403);
  EXPECT_EQ(try_token("d").status, 429);
  EXPECT_EQ(try_token("").status, 403);
}

TEST_F(guessing, counts_in_whichever_way_it_is_done) {
  const auto ask = [this](std::string_view token) {
    return server.connection().get("/socket/websocket?vsn=2.0.0",
                                   "X-Phoenix-AuthToken: " + std::string(token) + "\r\n");
  };
  EXPECT_EQ(try_token("a").status, 403);
  EXPECT_EQ(ask("a").body, "unauthorized\n");
  EXPECT_EQ(ask("b").status, 403);
  EXPECT_EQ(ask("c").status, 403);
  const response why = ask("secret");
  EXPECT_EQ(why.status, 429);
  EXPECT_EQ(why.field("Retry-After"), "1");
  EXPECT_EQ(try_token("secret").status, 429);
  EXPECT_EQ(server.counted().attempts_refused, 1U) << "who asks why is not counted again";
}

TEST_F(http_of_a_host, tells_its_build_to_whoever_joins) {
  memory_port::options built{.limits = small_limits()};
  built.serve.build = "b17";
  served<board_socket> host(built);
  browser page = host.open();
  const root main = page.join("Test.Board");
  EXPECT_EQ(page.next(),
            main.ok(main.join_ref(), R"({"root_id":"Test.Board:main","build":"b17"})"));
}

TEST_F(http_of_a_host, serves_the_socket_where_it_is_told) {
  memory_port::options moved{.limits = small_limits()};
  moved.serve.socket_path = "/live/here";
  served<board_socket> host(moved);
  EXPECT_EQ(host.connection().upgrade({.path = "/live/here/websocket?vsn=2.0.0"}).status, 101);
  EXPECT_EQ(host.connection().upgrade().status, 404);
}

TEST_F(http_of_a_host, does_not_count_empty_segments_of_a_path) {
  for (const char* path : {"/socket//websocket?vsn=2.0.0", "//socket/websocket/?vsn=2.0.0"}) {
    EXPECT_EQ(status_of({.path = path}), 101) << path;
  }
  browser page = server.connection();
  EXPECT_EQ(page.get("//").body, "index");
  EXPECT_EQ(page.get("/assets//app-1234.js").body, "script");
  // a proxy that keeps metrics to itself compares their path to the letter
  for (const char* path : {"//metrics", "/metrics/"}) EXPECT_EQ(page.get(path).status, 404) << path;
}

TEST_F(http_of_a_host, lets_only_its_own_pages_frame_its_pages) {
  browser page = server.connection();
  const auto policy = page.get("/").field("Content-Security-Policy");
  ASSERT_TRUE(policy);
  EXPECT_TRUE(policy->ends_with("; frame-ancestors 'self'")) << *policy;
}

TEST_F(http_of_a_host, lets_the_pages_it_is_told_of_frame_its_pages) {
  memory_port::options framed{.limits = small_limits()};
  framed.serve.frame_ancestors = "'self' https://home.example";
  served<board_socket> host(framed);
  host.host().assets({.assets = files, .content_security_policy = "default-src 'self'"});
  browser page = host.connection();
  EXPECT_EQ(page.get("/").field("Content-Security-Policy"),
            "default-src 'self'; frame-ancestors 'self' https://home.example");
}

// --- a WebSocket of an application's own ---

class shouting final : public websocket {
 public:
  explicit shouting(host_core& host) noexcept : websocket(host) {}
  void on_ended() noexcept override {}
  void destroy() noexcept override { this->~shouting(); }
  void* slot() noexcept override { return this; }

 private:
  ~shouting() = default;
  void on_text(std::span<char> message) noexcept override {
    outbox& box = selected_outbox();
    box.begin_text();
    box.writer().raw(std::string_view(message.data(), message.size()));
    box.writer().raw('!');
    box.end_text();
    written();
  }
  void on_binary(std::span<std::byte>) noexcept override {
    close(net::websocket::close_code::policy, "text only");
  }
  void on_service() noexcept override {}
};

constexpr plain_endpoint endpoints[] = {
    {"/shout", sizeof(shouting), [](void* memory, host_core& host) noexcept -> websocket* {
       return new (memory) shouting(host);
     }}};

TEST_F(http_of_a_host, serves_plain_endpoints_beside_the_channels) {
  memory_port::options with_endpoint{.limits = small_limits()};
  with_endpoint.serve.endpoints = endpoints;
  served<board_socket> host(with_endpoint);
  browser page = host.open({.path = "/shout"});
  page.say("hello");
  EXPECT_EQ(page.next(), "hello!");
  page.send(client_frame(0x2, "bytes"));
  EXPECT_EQ(page.close_code(), 1008);
  EXPECT_EQ(page.close_reason(), "text only");
  (void)host.open().mounted("Test.Board");
}

// --- the session hook ---

struct with_session {
  using roots = musubi::roots<board>;
  status load_session(const connect_info& info) {
    if (info.cookie("session") == "broken") return musubi::fail("no sessions today");
    loaded = true;
    return {};
  }
  status handle_connect(const connect_info&, connection&) {
    return loaded ? status() : musubi::refuse("the session comes first");
  }
  bool loaded = false;
};

TEST(session_hook, runs_before_handle_connect) {
  served<with_session> server;
  EXPECT_EQ(server.connection().upgrade().status, 101);
}

TEST(session_hook, refuses_when_it_fails) {
  served<with_session> server;
  EXPECT_EQ(server.connection().upgrade({.fields = "Cookie: session=broken\r\n"}).status, 403);
}

// --- what a request takes ---

std::uint32_t most_used(const host_core& host, std::string_view name) {
  std::uint32_t most = 0;
  host.each_pool([&](const pool_metrics& pool) {
    if (pool.name == name) most += pool.high_water;
  });
  return most;
}

TEST_F(http_of_a_host, answers_heads_that_came_whole_with_one_buffer_and_no_coroutine) {
  std::vector<browser> all;
  for (int i = 0; i < 4; ++i) all.push_back(server.connection());
  server.run();
  for (int i = 0; i < 4; ++i) {
    (void)server.end_of(all[static_cast<std::size_t>(i)])
        .write(i % 2 == 0 ? upgrade_text() : "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  server.run();  // which finds all of them there
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(all[static_cast<std::size_t>(i)].wire().read().starts_with(
        i % 2 == 0 ? "HTTP/1.1 101" : "HTTP/1.1 200"));
  }
  EXPECT_EQ(most_used(server.core(), "requests"), 4U);
  EXPECT_EQ(most_used(server.core(), "read_buffers"), 1U);
  EXPECT_EQ(most_used(server.core(), "coroutine_frames"), 0U);
}

TEST_F(http_of_a_host, keeps_a_buffer_for_a_head_that_comes_in_parts_and_still_no_coroutine) {
  browser slow = server.connection();
  slow.send("GET / HTTP/1.1\r\nHo");
  browser other = server.connection();
  EXPECT_EQ(other.get("/").status, 200);
  EXPECT_EQ(server.in_use(), "read_buffers 1, requests 2");
  EXPECT_EQ(slow.request("st: localhost\r\n\r\n").body, "index");
  EXPECT_EQ(most_used(server.core(), "read_buffers"), 2U);
  EXPECT_EQ(most_used(server.core(), "coroutine_frames"), 0U);
  EXPECT_EQ(server.in_use(), "requests 2");
}

TEST_F(http_of_a_host, gives_the_slot_of_an_upgrade_back_whose_answer_nobody_takes) {
  server.faults().most_written = 100;  // less than the 101
  browser page = server.connection();
  (void)server.end_of(page).write(upgrade_text());
  for (int turns = 0; turns < 3; ++turns) (void)server.host().events().turn();
  EXPECT_NE(server.in_use().find("connections 1"), std::string::npos) << server.in_use();
  page.close();
  server.run();
  EXPECT_EQ(server.in_use(), "");
}

/// One request, and how often its sender's address was asked for.
class asked_stream final : public net::stream {
 public:
  explicit asked_stream(std::string request) : request_(std::move(request)) {}
  void ready() { user_->on_readable(); }
  net::io_result try_read(std::span<std::byte> into) noexcept override {
    if (read_) return {net::io::would_block, 0};
    read_ = true;
    std::memcpy(into.data(), request_.data(), request_.size());
    return {net::io::done, request_.size()};
  }
  net::io_result try_write(std::span<const std::byte> from) noexcept override {
    answer.append(reinterpret_cast<const char*>(from.data()), from.size());
    return {net::io::done, from.size()};
  }
  void want_read() noexcept override {}
  void want_write() noexcept override {}
  void shutdown_write() noexcept override {}
  void close() noexcept override {}
  std::size_t peer(std::span<char> into) const noexcept override {
    ++asked;
    return std::string_view("192.0.2.7:51234").copy(into.data(), into.size());
  }

  std::string answer;
  mutable int asked = 0;

 private:
  std::string request_;
  bool read_ = false;
};

struct plain_socket {
  using roots = musubi::roots<board>;
};
struct curious_socket : plain_socket {
  static inline std::string seen;
  status handle_connect(const connect_info& info, connection&) {
    seen = std::string(info.peer()) + " " + std::string(info.client());
    return {};
  }
};

template <class Socket>
int times_asked_in_an_upgrade(const memory_port::options& chosen) {
  asked_stream stream(upgrade_text());
  served<Socket> server(chosen);
  server.core().accept(stream);
  stream.ready();
  EXPECT_TRUE(stream.answer.starts_with("HTTP/1.1 101")) << stream.answer;
  return stream.asked;
}

TEST(address_of_a_peer, is_not_asked_for_while_nobody_wants_it) {
  memory_port::options chosen{.limits = small_limits()};
  chosen.serve.share_by_peer = false;
  EXPECT_EQ(times_asked_in_an_upgrade<plain_socket>(chosen), 0);
}

TEST(address_of_a_peer, is_asked_for_once_where_peers_have_shares) {
  EXPECT_EQ(times_asked_in_an_upgrade<plain_socket>({.limits = small_limits()}), 1);
}

TEST(address_of_a_peer, is_asked_for_once_by_an_application_that_wants_it) {
  memory_port::options chosen{.limits = small_limits()};
  chosen.serve.share_by_peer = false;
  EXPECT_EQ(times_asked_in_an_upgrade<curious_socket>(chosen), 1);
  EXPECT_EQ(curious_socket::seen, "192.0.2.7:51234 192.0.2.7:51234");
}

// --- the end ---

TEST_F(http_of_a_host, tells_every_client_to_come_back_when_it_stops) {
  browser first = server.open();
  (void)first.mounted("Test.Board");
  browser second = server.open();
  browser idle = server.connection();
  (void)idle.get("/");
  server.host().stop();
  EXPECT_EQ(first.close_code(), 1012);
  EXPECT_EQ(second.close_code(), 1012);
  EXPECT_TRUE(idle.ended());
  EXPECT_FALSE(server.host().events().has_stopped());
  first.send(client_frame(0x8, "\x03\xf4"));
  second.send(client_frame(0x8, "\x03\xf4"));
  EXPECT_TRUE(server.host().events().has_stopped());
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(here.ends, "shutdown ");
}

TEST_F(http_of_a_host, stops_in_time_without_the_consent_of_its_clients) {
  browser page = server.open();
  root main = page.mounted("Test.Board");
  (void)main.command("wait", R"({"amount":1})");
  browser half = server.connection();
  half.send("GET / HT");
  server.host().stop();
  server.run_for(1s);
  EXPECT_FALSE(server.host().events().has_stopped());
  server.run_for(2s);
  EXPECT_TRUE(server.host().events().has_stopped());
  EXPECT_EQ(server.in_use(), "");
  EXPECT_TRUE(page.ended());
}

TEST_F(http_of_a_host, stops_at_once_when_nobody_is_there) {
  server.run();
  server.host().stop();
  server.run();
  EXPECT_TRUE(server.host().events().has_stopped());
  EXPECT_FALSE(server.host().connect());
}

}  // namespace
}  // namespace musubi::test
