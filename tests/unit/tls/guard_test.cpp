// TLS in front of a host, over the memory port.
#include "support/board.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"
#include "support/tls_files.hpp"
#include "unit/tls/guard_behaviour.hpp"
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

/// OpenSSL, before anything else uses it, in whichever test is first.
struct with_openssl {
  static constexpr int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

  net::service& put_before(host_core& core, net::port& port) {
    EXPECT_EQ(shown.load(files.certificate(), files.key()), "");
    guard.emplace(port, core, shown, limit);
    core.also_show(guard->metrics());
    return *guard;
  }
  const tls::counters& counted() { return guard->counted(); }
  const pool_metrics& connections() { return guard->connections(); }
  const pool_metrics& handshakes() { return guard->handshakes(); }

  tls_files files;
  tls::memory memory;
  bool fixed = memory.reserve({.connections = 32, .handshakes = 8}, 1);  // for its clients, too
  tls::identity shown;
  tls::sizes limit{.connections = 16, .handshakes = 3};
  std::optional<tls::guard> guard;
};

INSTANTIATE_TYPED_TEST_SUITE_P(by_openssl, a_host_with_tls, with_openssl);

using a_host_with_openssl = a_host_with_tls<with_openssl>;

TEST_F(a_host_with_openssl, serves_http_over_1_3_and_1_2) {
  EXPECT_EQ(visitor().get("/nothing").status, 404);
  EXPECT_EQ(counted().tls_1_3, 1U);
  EXPECT_EQ(visitor({.most = TLS1_2_VERSION}).get("/nothing").status, 404);
  EXPECT_EQ(counted().tls_1_2, 1U);
}

TEST_F(a_host_with_openssl, answers_any_number_of_key_updates_one_at_a_time) {
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

TEST_F(a_host_with_openssl, resumes_by_a_ticket) {
  const auto first = client({.most = TLS1_2_VERSION});
  ASSERT_TRUE(first->connect());
  SSL_SESSION* const session = SSL_get1_session(&first->ssl());
  const auto second = client({.most = TLS1_2_VERSION, .session = session});
  ASSERT_TRUE(second->connect());
  SSL_SESSION_free(session);
  EXPECT_EQ(counted().resumed, 1U);
}

TEST_F(a_host_with_openssl, lets_new_clients_wait_while_others_shake_hands) {
  std::vector<std::unique_ptr<tls_pipe>> slow;
  for (std::uint32_t i = 0; i < rig.limit.handshakes; ++i) {
    slow.push_back(client());
    slow.back()->wire().write(slow.back()->outgoing().substr(0, 10));
  }
  EXPECT_EQ(rig.handshakes().used, rig.limit.handshakes);
  browser late = visitor();
  EXPECT_EQ(late.get("/nothing").status, 0);  // waits
  EXPECT_EQ(rig.handshakes().failures, 1U);
  server.run_for(2s);  // the first of the slow has to give way
  EXPECT_GE(counted().of(failure::late), 1U);
  EXPECT_TRUE(serves());
}

TEST(a_storm_of_handshakes, is_computed_in_small_parts_with_others_in_between) {
  constexpr std::uint32_t storm = 24;
  tls::memory memory;
  (void)memory.reserve({.connections = 64, .handshakes = 64}, 1);  // for its clients, too
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
  end_of(*other).write(other->record(a_host_with_openssl::ask));
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

TEST_F(a_host_with_openssl, redirects_plain_http) {
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
  EXPECT_EQ(rig.connections().used, 0U);
}

TEST_F(a_host_with_openssl, says_to_bad_plain_http_what_it_speaks) {
  const auto raw = wire();
  raw->write("GET /a b HTTP/1.1\r\n\r\n");
  EXPECT_NE(raw->read().find("400"), std::string::npos);
}

TEST_F(a_host_with_openssl, takes_another_certificate_for_new_connections_and_keeps_the_old_ones) {
  browser page = visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  EXPECT_NE(rig.shown.load(rig.files.certificate(), rig.files.path("nothing")), "");
  EXPECT_TRUE(serves());
  EXPECT_EQ(rig.shown.load(rig.files.certificate(), rig.files.key()), "");
  EXPECT_TRUE(serves());
  page.heartbeat();
  EXPECT_FALSE(page.silent());
}

TEST_F(a_host_with_openssl, says_what_is_wrong_with_the_files) {
  tls::identity fresh;
  EXPECT_EQ(fresh.load(rig.files.path("none.crt"), rig.files.key()),
            "tls: " + rig.files.path("none.crt") + ": No such file or directory");
  rig.files.write("bad.key", "no key");
  EXPECT_NE(fresh.load(rig.files.certificate(), rig.files.path("bad.key")).find("bad.key: "),
            std::string::npos);
}

}  // namespace
}  // namespace musubi::test
