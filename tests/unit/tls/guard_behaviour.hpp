#pragma once
/// What TLS in front of a host does, whichever library makes it. A library is a `Rig`:
///
///     Rig();
///     net::service& put_before(host_core&, net::port&);   // called once
///     const tls::counters& counted(); const pool_metrics& connections(), & handshakes();
///     static constexpr int versions[];                    // of TLS

#include "support/board.hpp"
#include "support/served.hpp"
#include "unit/tls/tls_pipe.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/net/tls/counters.hpp>

namespace musubi::test {

using tls::failure;

template <class Rig>
class a_host_with_tls : public ::testing::Test {
 public:
  static constexpr std::string_view ask = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
  static constexpr std::string_view answer = "HTTP/1.1 404";

 protected:
  a_host_with_tls() {
    server.host().events().serve(rig.put_before(server.core(), server.host().events()));
  }
  static memory_port::options with_metrics() {
    memory_port::options chosen{.limits = small_limits()};
    chosen.serve.metrics_path = "/metrics";
    return chosen;
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
  const tls::counters& counted() { return rig.counted(); }

  Rig rig;  // outlives the host, as in a port
  served<board_socket> server{with_metrics()};
};

TYPED_TEST_SUITE_P(a_host_with_tls);

TYPED_TEST_P(a_host_with_tls, shows_versions_failures_and_pools_among_its_metrics) {
  (void)this->visitor({.most = TLS1_2_VERSION}).get("/nothing");
  EXPECT_FALSE(this->client({.protocols = "\x02h2"})->connect());
  const std::string all = this->visitor({.most = TLS1_2_VERSION}).get("/metrics").body;
  for (const char* line :
       {"# TYPE musubi_tls_handshakes_total counter\nmusubi_tls_handshakes_total{version=\"1.2\"} "
        "2\n",
        "\nmusubi_tls_handshakes_total{version=\"1.3\"} 0\n",
        "\n# TYPE musubi_tls_failures_total counter\nmusubi_tls_failures_total{reason=\"version\"} "
        "0\n",
        "\nmusubi_tls_failures_total{reason=\"protocol\"} 1\n",
        "\nmusubi_tls_failures_total{reason=\"violation\"} 0\n"
        "# TYPE musubi_tls_resumptions_total counter\nmusubi_tls_resumptions_total 0\n",
        "\nmusubi_tls_renegotiations_refused_total 0\n", "\nmusubi_tls_plain_requests_total 0\n",
        "\nmusubi_pool_used{pool=\"tls_handshakes\",block_bytes=\"0\"} 0\n",
        "\nmusubi_pool_capacity{pool=\"tls_connections\",",
        "\nmusubi_pool_used{pool=\"tls_memory\",block_bytes=\"1\"} "}) {
    EXPECT_NE(all.find(line), std::string::npos) << line << all;
  }
}

TYPED_TEST_P(a_host_with_tls, serves_stores) {
  browser page = this->visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  root mounted = page.mounted("Test.Board");
  const std::string ref = mounted.command("add", R"({"amount":2})");
  EXPECT_EQ(page.next(), mounted.ok(ref));
  EXPECT_NE(page.next().find("/count"), std::string::npos);
}

TYPED_TEST_P(a_host_with_tls, takes_what_comes_byte_by_byte_and_sends_what_leaves_byte_by_byte) {
  this->server.faults().most_read = 1;
  this->server.faults().most_written = 1;
  for (const int version : TypeParam::versions) {
    browser page = this->visitor({.most = version});
    ASSERT_EQ(page.upgrade().status, 101);
    root mounted = page.mounted("Test.Scroll");
    const std::string ref = mounted.command("fill", R"({"lines":100})");
    EXPECT_EQ(page.next(), mounted.ok(ref));
  }
}

TYPED_TEST_P(a_host_with_tls, takes_a_record_that_is_split_at_any_byte) {
  for (const int version : TypeParam::versions) {
    const auto pipe = this->client({.most = version});
    ASSERT_TRUE(pipe->connect());
    std::size_t size = 2;
    for (std::size_t at = 1; at < size; ++at) {
      const std::string record = pipe->record(this->ask);
      size = record.size();
      pipe->wire().write(record.substr(0, at));
      pipe->wire().write(record.substr(at));
      ASSERT_EQ(pipe->read().substr(0, this->answer.size()), this->answer) << at;
    }
    EXPECT_GT(size, this->ask.size());
  }
}

TYPED_TEST_P(a_host_with_tls, reads_several_records_that_came_at_once) {
  const auto pipe = this->client();
  ASSERT_TRUE(pipe->connect());
  std::string records;
  for (int i = 0; i < 3; ++i) records += pipe->record(this->ask);
  pipe->wire().write(records);
  const std::string all = pipe->read();
  std::size_t answers = 0;
  for (std::size_t at = 0; (at = all.find(this->answer, at)) != std::string::npos; ++at) ++answers;
  EXPECT_EQ(answers, 3U);
}

TYPED_TEST_P(a_host_with_tls, refuses_what_is_older_than_1_2) {
  EXPECT_FALSE(this->client({.least = TLS1_VERSION, .most = TLS1_1_VERSION})->connect());
  EXPECT_EQ(this->counted().of(failure::version), 1U);
  EXPECT_TRUE(this->serves());
}

TYPED_TEST_P(a_host_with_tls, refuses_old_ciphers) {
  EXPECT_FALSE(this->client({.most = TLS1_2_VERSION, .ciphers_of_1_2 = "ECDHE-ECDSA-AES128-SHA"})
                   ->connect());
  EXPECT_EQ(this->counted().of(failure::cipher), 1U);
}

TYPED_TEST_P(a_host_with_tls, speaks_http_1_1_and_says_so) {
  const auto pipe = this->client({.protocols = "\x02h2\x08http/1.1"});
  ASSERT_TRUE(pipe->connect());
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(&pipe->ssl(), &chosen, &size);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(chosen), size), "http/1.1");
  EXPECT_TRUE(this->client({.protocols = ""})->connect());
  EXPECT_FALSE(this->client({.protocols = "\x02h2"})->connect());
  EXPECT_EQ(this->counted().of(failure::protocol), 1U);
}

TYPED_TEST_P(a_host_with_tls, refuses_a_renegotiation_and_serves_others) {
  const auto pipe = this->client({.most = TLS1_2_VERSION});
  ASSERT_TRUE(pipe->connect());
  SSL_renegotiate(&pipe->ssl());
  EXPECT_LT(SSL_do_handshake(&pipe->ssl()), 0);
  pipe->send_out();
  pipe->take_in();
  ERR_clear_error();
  EXPECT_LT(SSL_do_handshake(&pipe->ssl()), 0);
  EXPECT_EQ(ERR_GET_REASON(ERR_peek_error()), SSL_R_NO_RENEGOTIATION);
  EXPECT_EQ(this->counted().renegotiations, 1U);
  EXPECT_TRUE(this->serves());
}

TYPED_TEST_P(a_host_with_tls, says_that_it_ends) {
  const auto pipe = this->client();
  pipe->write("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(pipe->read().substr(0, this->answer.size()), this->answer);
  EXPECT_TRUE(pipe->was_told_the_end());
  EXPECT_TRUE(pipe->ended());
}

TYPED_TEST_P(a_host_with_tls, ends_when_the_client_says_that_it_ends) {
  const auto pipe = this->client();
  ASSERT_TRUE(pipe->connect());
  EXPECT_EQ(this->rig.connections().used, 1U);
  pipe->say_goodbye();
  this->server.run_for(3s);
  EXPECT_EQ(this->rig.connections().used, 0U);
}

TYPED_TEST_P(a_host_with_tls, ends_a_handshake_that_stops) {
  const auto pipe = this->client();
  const std::string hello = pipe->outgoing();
  pipe->wire().write(hello.substr(0, hello.size() / 2));
  EXPECT_EQ(this->rig.handshakes().used, 1U);
  this->server.run_for(this->server.core().configured().head_timeout + 1s);
  EXPECT_EQ(this->rig.handshakes().used, 0U);
  EXPECT_EQ(this->counted().of(failure::late), 1U);
  EXPECT_TRUE(pipe->ended());
  EXPECT_EQ(this->server.counted().head_timeouts, 1U);
}

TYPED_TEST_P(a_host_with_tls, ends_a_client_that_stops_in_a_record) {
  const auto pipe = this->client();
  ASSERT_TRUE(pipe->connect());
  pipe->wire().write(pipe->record(this->ask).substr(0, 20));
  this->server.run_for(this->server.core().configured().head_timeout + 1s);
  (void)pipe->read();
  EXPECT_TRUE(pipe->ended());
  EXPECT_TRUE(this->serves());
}

TYPED_TEST_P(a_host_with_tls, ends_a_client_whose_record_was_changed_on_the_way) {
  const auto pipe = this->client();
  ASSERT_TRUE(pipe->connect());
  std::string record = pipe->record(this->ask);
  record.back() = static_cast<char>(record.back() ^ 1);
  pipe->wire().write(record);
  this->server.run_for(3s);
  EXPECT_EQ(this->counted().of(failure::violation), 1U);
  (void)pipe->read();
  EXPECT_TRUE(pipe->ended());
  EXPECT_TRUE(this->serves());
}

TYPED_TEST_P(a_host_with_tls, forgets_a_client_that_left_in_the_handshake) {
  const auto pipe = this->client();
  pipe->wire().write(pipe->outgoing());
  pipe->close();
  EXPECT_EQ(this->counted().of(failure::left), 1U);
  EXPECT_EQ(this->rig.handshakes().used, 0U);
}

TYPED_TEST_P(a_host_with_tls, ends_what_is_neither_tls_nor_http) {
  const auto raw = this->wire();
  raw->write("\x01\x02\x03");
  EXPECT_TRUE(raw->ended());
  EXPECT_EQ(this->counted().of(failure::not_tls), 1U);
}

TYPED_TEST_P(a_host_with_tls, survives_any_failure_of_the_network) {
  for (std::uint32_t nth = 1; nth < 40; ++nth) {
    this->server.faults().arm(memory_port::operation::any, memory_port::failure::disconnect, nth);
    (void)this->visitor().get("/nothing");
    this->server.faults().disarm();
    this->server.run_for(20s);
    ASSERT_EQ(this->rig.connections().used, 0U) << nth;
    ASSERT_EQ(this->rig.handshakes().used, 0U) << nth;
  }
}

REGISTER_TYPED_TEST_SUITE_P(a_host_with_tls, shows_versions_failures_and_pools_among_its_metrics,
                            serves_stores,
                            takes_what_comes_byte_by_byte_and_sends_what_leaves_byte_by_byte,
                            takes_a_record_that_is_split_at_any_byte,
                            reads_several_records_that_came_at_once, refuses_what_is_older_than_1_2,
                            refuses_old_ciphers, speaks_http_1_1_and_says_so,
                            refuses_a_renegotiation_and_serves_others, says_that_it_ends,
                            ends_when_the_client_says_that_it_ends, ends_a_handshake_that_stops,
                            ends_a_client_that_stops_in_a_record,
                            ends_a_client_whose_record_was_changed_on_the_way,
                            forgets_a_client_that_left_in_the_handshake,
                            ends_what_is_neither_tls_nor_http, survives_any_failure_of_the_network);

}  // namespace musubi::test
