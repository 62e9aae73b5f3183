// TLS in front of a host, over the memory port.
#include "support/board.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"
#include "support/tls_files.hpp"
#include "unit/tls/tls_pipe.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <musubi/tls/guard.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::test {
namespace {

using tls::failure;

constexpr std::string_view ask = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view answer = "HTTP/1.1 404";

memory_port::options with_metrics() {
  memory_port::options chosen{.limits = small_limits()};
  chosen.serve.metrics_path = "/metrics";
  return chosen;
}

class a_host_with_tls : public ::testing::Test {
 protected:
  a_host_with_tls() {
    EXPECT_EQ(shown.load(files.certificate(), files.key()), "");
    server.host().events().serve(guard);
    server.core().also_show(guard.metrics());
  }
  /// A wire without anything on it.
  std::unique_ptr<memory_pipe> wire() {
    return std::make_unique<memory_pipe>(server.host().events(), server.host().connect());
  }
  std::unique_ptr<tls_pipe> client(const tls_wishes& wanted = {}) {
    return std::make_unique<tls_pipe>(wire(), wanted);
  }
  browser visitor(const tls_wishes& wanted = {}) { return browser(client(wanted)); }
  /// Whether others are served.
  bool serves() { return visitor().get("/nothing").status == 404; }
  const tls::counters& counted() { return guard.counted(); }

  tls_files files;
  // before anything else uses OpenSSL, in whichever test is first
  tls::memory memory;
  bool fixed = memory.reserve({.connections = 16, .handshakes = 4}, 1);
  tls::identity shown;
  tls::sizes limit{.connections = 16, .handshakes = 3};
  std::optional<tls::guard> in_front;  // outlives the host, as in a port
  served<board_socket> server{with_metrics()};
  tls::guard& guard = in_front.emplace(server.host().events(), server.core(), shown, limit);
};

TEST_F(a_host_with_tls, serves_http_over_1_3_and_1_2) {
  EXPECT_EQ(visitor().get("/nothing").status, 404);
  EXPECT_EQ(counted().tls_1_3, 1U);
  EXPECT_EQ(visitor({.most = TLS1_2_VERSION}).get("/nothing").status, 404);
  EXPECT_EQ(counted().tls_1_2, 1U);
}

TEST_F(a_host_with_tls, shows_versions_failures_and_pools_among_its_metrics) {
  EXPECT_TRUE(serves());
  (void)visitor({.most = TLS1_2_VERSION}).get("/nothing");
  EXPECT_FALSE(client({.protocols = "\x02h2"})->connect());
  const auto first = client();
  first->wire().write(first->outgoing().substr(0, 10));  // its handshake goes on
  const std::string all = visitor().get("/metrics").body;
  for (const char* line :
       {"# TYPE musubi_tls_handshakes_total counter\nmusubi_tls_handshakes_total{version=\"1.2\"} "
        "1\n",
        "\nmusubi_tls_handshakes_total{version=\"1.3\"} 2\n",
        "\n# TYPE musubi_tls_failures_total counter\nmusubi_tls_failures_total{reason=\"version\"} "
        "0\n",
        "\nmusubi_tls_failures_total{reason=\"protocol\"} 1\n",
        "\nmusubi_tls_failures_total{reason=\"violation\"} 0\n"
        "# TYPE musubi_tls_resumptions_total counter\nmusubi_tls_resumptions_total 0\n",
        "\nmusubi_tls_renegotiations_refused_total 0\n", "\nmusubi_tls_plain_requests_total 0\n",
        "\nmusubi_pool_used{pool=\"tls_handshakes\",block_bytes=\"0\"} 1\n",
        "\nmusubi_pool_high_water{pool=\"tls_handshakes\",block_bytes=\"0\"} 2\n",
        "\nmusubi_pool_capacity{pool=\"tls_handshakes\",block_bytes=\"0\"} 3\n",
        "\nmusubi_pool_capacity{pool=\"tls_connections\",",
        "\nmusubi_pool_used{pool=\"tls_memory\",block_bytes=\"1\"} "}) {
    EXPECT_NE(all.find(line), std::string::npos) << line << all;
  }
}

TEST_F(a_host_with_tls, serves_stores) {
  browser page = visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  root mounted = page.mounted("Test.Board");
  const std::string ref = mounted.command("add", R"({"amount":2})");
  EXPECT_EQ(page.next(), mounted.ok(ref));
  EXPECT_NE(page.next().find("/count"), std::string::npos);
}

TEST_F(a_host_with_tls, takes_what_comes_byte_by_byte_and_sends_what_leaves_byte_by_byte) {
  server.faults().most_read = 1;
  server.faults().most_written = 1;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    browser page = visitor({.most = version});
    ASSERT_EQ(page.upgrade().status, 101);
    root mounted = page.mounted("Test.Scroll");
    const std::string ref = mounted.command("fill", R"({"lines":100})");
    EXPECT_EQ(page.next(), mounted.ok(ref));
  }
}

TEST_F(a_host_with_tls, takes_a_record_that_is_split_at_any_byte) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto pipe = client({.most = version});
    ASSERT_TRUE(pipe->connect());
    std::size_t size = 2;
    for (std::size_t at = 1; at < size; ++at) {
      const std::string record = pipe->record(ask);
      size = record.size();
      pipe->wire().write(record.substr(0, at));
      pipe->wire().write(record.substr(at));
      ASSERT_EQ(pipe->read().substr(0, answer.size()), answer) << at;
    }
    EXPECT_GT(size, ask.size());
  }
}

TEST_F(a_host_with_tls, reads_several_records_that_came_at_once) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  std::string records;
  for (int i = 0; i < 3; ++i) records += pipe->record(ask);
  pipe->wire().write(records);
  const std::string all = pipe->read();
  std::size_t answers = 0;
  for (std::size_t at = 0; (at = all.find(answer, at)) != std::string::npos; ++at) ++answers;
  EXPECT_EQ(answers, 3U);
}

TEST_F(a_host_with_tls, refuses_what_is_older_than_1_2) {
  EXPECT_FALSE(client({.least = TLS1_VERSION, .most = TLS1_1_VERSION})->connect());
  EXPECT_EQ(counted().of(failure::version), 1U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_tls, refuses_old_ciphers) {
  EXPECT_FALSE(
      client({.most = TLS1_2_VERSION, .ciphers_of_1_2 = "ECDHE-ECDSA-AES128-SHA"})->connect());
  EXPECT_EQ(counted().of(failure::cipher), 1U);
}

TEST_F(a_host_with_tls, speaks_http_1_1_and_says_so) {
  const auto pipe = client({.protocols = "\x02h2\x08http/1.1"});
  ASSERT_TRUE(pipe->connect());
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(&pipe->ssl(), &chosen, &size);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(chosen), size), "http/1.1");
  EXPECT_TRUE(client({.protocols = ""})->connect());
  EXPECT_FALSE(client({.protocols = "\x02h2"})->connect());
  EXPECT_EQ(counted().of(failure::protocol), 1U);
}

TEST_F(a_host_with_tls, refuses_a_renegotiation_and_serves_others) {
  const auto pipe = client({.most = TLS1_2_VERSION});
  ASSERT_TRUE(pipe->connect());
  SSL_renegotiate(&pipe->ssl());
  EXPECT_LT(SSL_do_handshake(&pipe->ssl()), 0);
  pipe->send_out();
  pipe->take_in();
  ERR_clear_error();
  EXPECT_LT(SSL_do_handshake(&pipe->ssl()), 0);
  EXPECT_EQ(ERR_GET_REASON(ERR_peek_error()), SSL_R_NO_RENEGOTIATION);
  EXPECT_EQ(counted().renegotiations, 1U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_tls, answers_any_number_of_key_updates_one_at_a_time) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  (void)pipe->read();  // its tickets
  std::string flood;
  for (int i = 0; i < 2000; ++i) {
    ASSERT_EQ(SSL_key_update(&pipe->ssl(), SSL_KEY_UPDATE_REQUESTED), 1);
    ASSERT_EQ(SSL_do_handshake(&pipe->ssl()), 1);
    flood += pipe->taken_out();
  }
  pipe->wire().write(flood);  // without reading what comes
  EXPECT_TRUE(serves());
  EXPECT_EQ(tls::memory::use().failures, 0U);
  pipe->write(ask);
  EXPECT_EQ(pipe->read().substr(0, answer.size()), answer);
}

TEST_F(a_host_with_tls, resumes_by_a_ticket) {
  const auto first = client({.most = TLS1_2_VERSION});
  ASSERT_TRUE(first->connect());
  SSL_SESSION* const session = SSL_get1_session(&first->ssl());
  const auto second = client({.most = TLS1_2_VERSION, .session = session});
  ASSERT_TRUE(second->connect());
  SSL_SESSION_free(session);
  EXPECT_EQ(counted().resumed, 1U);
}

TEST_F(a_host_with_tls, says_that_it_ends) {
  const auto pipe = client();
  pipe->write("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(pipe->read().substr(0, answer.size()), answer);
  EXPECT_TRUE(pipe->was_told_the_end());
  EXPECT_TRUE(pipe->ended());
}

TEST_F(a_host_with_tls, ends_when_the_client_says_that_it_ends) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  EXPECT_EQ(guard.connections().used, 1U);
  pipe->say_goodbye();
  server.run_for(3s);
  EXPECT_EQ(guard.connections().used, 0U);
}

TEST_F(a_host_with_tls, ends_a_handshake_that_stops) {
  const auto pipe = client();
  const std::string hello = pipe->outgoing();
  pipe->wire().write(hello.substr(0, hello.size() / 2));
  EXPECT_EQ(guard.handshakes().used, 1U);
  server.run_for(server.core().configured().head_timeout + 1s);
  EXPECT_EQ(guard.handshakes().used, 0U);
  EXPECT_EQ(counted().of(failure::late), 1U);
  EXPECT_TRUE(pipe->ended());
  EXPECT_EQ(server.counted().head_timeouts, 1U);
}

TEST_F(a_host_with_tls, ends_a_client_that_stops_in_a_record) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  pipe->wire().write(pipe->record(ask).substr(0, 20));
  server.run_for(server.core().configured().head_timeout + 1s);
  (void)pipe->read();
  EXPECT_TRUE(pipe->ended());
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_tls, ends_a_client_whose_record_was_changed_on_the_way) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  std::string record = pipe->record(ask);
  record.back() = static_cast<char>(record.back() ^ 1);
  pipe->wire().write(record);
  server.run_for(3s);
  EXPECT_EQ(counted().of(failure::violation), 1U);
  (void)pipe->read();
  EXPECT_TRUE(pipe->ended());
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_tls, lets_new_clients_wait_while_others_shake_hands) {
  std::vector<std::unique_ptr<tls_pipe>> slow;
  for (std::uint32_t i = 0; i < limit.handshakes; ++i) {
    slow.push_back(client());
    slow.back()->wire().write(slow.back()->outgoing().substr(0, 10));
  }
  EXPECT_EQ(guard.handshakes().used, limit.handshakes);
  browser late = visitor();
  EXPECT_EQ(late.get("/nothing").status, 0);  // waits
  EXPECT_EQ(guard.handshakes().failures, 1U);
  server.run_for(2s);  // the first of the slow has to give way
  EXPECT_GE(counted().of(failure::late), 1U);
  EXPECT_TRUE(serves());
}

TEST(a_storm_of_handshakes, is_computed_in_small_parts_with_others_in_between) {
  constexpr std::uint32_t storm = 24;
  const tls_files files;
  tls::identity shown;
  ASSERT_EQ(shown.load(files.certificate(), files.key()), "");
  std::optional<tls::guard> in_front;
  limits room = small_limits();
  room.requests = storm + 1;
  served<board_socket> server{{.limits = room, .sizes = {.streams = 32}}};
  memory_port::loop& events = server.host().events();
  tls::guard& guard = in_front.emplace(events, server.core(), shown,
                                       tls::sizes{.connections = 32, .handshakes = storm});
  events.serve(guard);
  const auto connect = [&] {
    return std::make_unique<tls_pipe>(
        std::make_unique<memory_pipe>(events, server.host().connect()));
  };
  const auto end_of = [](tls_pipe& of) -> memory_port::client& {
    return static_cast<memory_pipe&>(of.wire()).end();
  };
  std::vector<std::unique_ptr<tls_pipe>> all;
  for (std::uint32_t i = 0; i < storm; ++i) all.push_back(connect());
  server.run();
  const auto other = connect();  // the last to be looked at
  EXPECT_EQ(guard.handshakes().used, storm);
  EXPECT_FALSE(other->connect());  // it has to wait for one of them
  all.front()->close();
  server.run();
  ASSERT_TRUE(other->connect());
  (void)other->read();

  for (std::size_t i = 1; i < all.size(); ++i) end_of(*all[i]).write(all[i]->outgoing());
  end_of(*other).write(other->record(ask));
  std::size_t answered = 0;
  for (int turns = 1; answered != all.size() - 1; ++turns) {
    ASSERT_LT(turns, 10);
    (void)events.turn();
    std::size_t now = 0;
    for (const auto& each : all) {
      if (each != all.front() && end_of(*each).waiting() != 0) ++now;
    }
    EXPECT_LE(now - answered, 8U) << turns;
    answered = now;
    if (turns == 2) {
      EXPECT_NE(end_of(*other).waiting(), 0U) << "it waits for the storm";
    }
  }
}

TEST_F(a_host_with_tls, forgets_a_client_that_left_in_the_handshake) {
  const auto pipe = client();
  pipe->wire().write(pipe->outgoing());
  pipe->close();
  EXPECT_EQ(counted().of(failure::left), 1U);
  EXPECT_EQ(guard.handshakes().used, 0U);
}

TEST_F(a_host_with_tls, redirects_plain_http) {
  browser plain(wire());
  const response sent = plain.get("/counter?x=1", "Host: localhost:4000\r\n");
  const auto raw = wire();
  raw->write("GET /counter?x=1 HTTP/1.1\r\nHost: localhost:4000\r\n\r\n");
  const std::string all = raw->read();
  EXPECT_NE(all.find("307"), std::string::npos) << all;
  EXPECT_NE(all.find("\r\nLocation: https://localhost:4000/counter?x=1\r\n"), std::string::npos)
      << all;
  EXPECT_EQ(all.find("Strict-Transport-Security"), std::string::npos);
  server.run_for(3s);
  EXPECT_EQ(guard.connections().used, 0U);
}

TEST_F(a_host_with_tls, says_to_bad_plain_http_what_it_speaks) {
  const auto raw = wire();
  raw->write("GET /a b HTTP/1.1\r\n\r\n");
  EXPECT_NE(raw->read().find("400"), std::string::npos);
}

TEST_F(a_host_with_tls, ends_what_is_neither_tls_nor_http) {
  const auto raw = wire();
  raw->write("\x01\x02\x03");
  EXPECT_TRUE(raw->ended());
  EXPECT_EQ(counted().of(failure::not_tls), 1U);
}

TEST_F(a_host_with_tls, takes_another_certificate_for_new_connections_and_keeps_the_old_ones) {
  browser page = visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  EXPECT_NE(shown.load(files.certificate(), files.path("nothing")), "");
  EXPECT_TRUE(serves());
  EXPECT_EQ(shown.load(files.certificate(), files.key()), "");
  EXPECT_TRUE(serves());
  page.heartbeat();
  EXPECT_FALSE(page.silent());
}

TEST_F(a_host_with_tls, says_what_is_wrong_with_the_files) {
  tls::identity fresh;
  EXPECT_EQ(fresh.load(files.path("none.crt"), files.key()),
            "tls: " + files.path("none.crt") + ": No such file or directory");
  files.write("bad.key", "no key");
  EXPECT_NE(fresh.load(files.certificate(), files.path("bad.key")).find("bad.key: "),
            std::string::npos);
}

TEST_F(a_host_with_tls, survives_any_failure_of_the_network) {
  for (std::uint32_t nth = 1; nth < 40; ++nth) {
    server.faults().arm(memory_port::operation::any, memory_port::failure::disconnect, nth);
    (void)visitor().get("/nothing");
    server.faults().disarm();
    server.run_for(20s);
    ASSERT_EQ(guard.connections().used, 0U) << nth;
    ASSERT_EQ(guard.handshakes().used, 0U) << nth;
  }
}

}  // namespace
}  // namespace musubi::test
