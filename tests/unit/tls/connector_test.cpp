// A client with TLS, of a host with TLS, over the memory port.
#include "support/board.hpp"
#include "support/remote_wire.hpp"
#include "support/served.hpp"
#include "support/tls_files.hpp"
#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/async/task_group.hpp>
#include <musubi/remote/remote.hpp>
#include <musubi/tls/connector.hpp>
#include <musubi/tls/guard.hpp>

namespace musubi::test {
namespace {

constexpr remote_limits small_remote{.roots = 1,
                                     .message_bytes = 16384,
                                     .outgoing_bytes = 2048,
                                     .calls = 2,
                                     .state_bytes = 16384,
                                     .tree_bytes = 1U << 20U};

class a_client_with_tls : public ::testing::Test {
 protected:
  a_client_with_tls() {
    EXPECT_EQ(shown.load(files.certificate(), files.key()), "");
    server.host().events().serve(guard);
    EXPECT_EQ(trusted.load(files.certificate()), "");
  }
  /// What the client says of a server that it takes to have this name.
  std::string outcome(const std::string& name) {
    tls::connector to(server.core().loop(), net, trusted, name);
    remote_server there(server.core().loop(), to, {"localhost", "/socket"}, small_remote,
                        memory_.begin());
    const remote<board> mounted(there, "main");
    net.run();
    return mounted.live() ? "live" : std::string(mounted.why());
  }
  void connect() {
    secure.emplace(server.core().loop(), net, trusted, "localhost");
    connection.emplace(server.core().loop(), *secure, remote_address{"localhost", "/socket"},
                       small_remote, memory_.begin());
  }

  tls_files files;
  tls::identity shown;
  tls::sizes limit{.connections = 16, .handshakes = 3};
  std::optional<tls::guard> in_front;  // outlives the host, as in a port
  served<board_socket> server;
  tls::guard& guard = in_front.emplace(server.host().events(), server.core(), shown, limit);
  host_network net{server.host().events()};
  tls::trust trusted;
  region memory_{remote_server::bytes(small_remote)};
  std::optional<tls::connector> secure;
  std::optional<remote_server> connection;
};

TEST_F(a_client_with_tls, mounts_a_store) {
  connect();
  remote<board> mounted(*connection, "main", R"({"label":"cellar"})");
  net.run();
  ASSERT_TRUE(mounted.live()) << mounted.why();
  EXPECT_EQ(mounted.state().label, "cellar");
  EXPECT_EQ(guard.counted().tls_1_3, 1U);
}

TEST_F(a_client_with_tls, accepts_a_certificate_for_the_address_or_the_name_it_was_given) {
  EXPECT_EQ(outcome("localhost"), "live");
  EXPECT_EQ(outcome("127.0.0.1"), "live");
}

TEST_F(a_client_with_tls, refuses_a_certificate_for_others) {
  EXPECT_EQ(outcome("cellar.local"), "the server's certificate is not for cellar.local");
  EXPECT_EQ(outcome("192.0.2.7"), "the server's certificate is not for 192.0.2.7");
  EXPECT_EQ(server.counted().requests, 0U);
}

TEST_F(a_client_with_tls, refuses_a_certificate_that_nobody_it_trusts_has_signed) {
  files.write("none.crt", test_authority_of_others);
  ASSERT_EQ(trusted.load(files.path("none.crt")), "");
  EXPECT_EQ(outcome("localhost"),
            "the server's certificate is not trusted: self-signed certificate");
}

TEST_F(a_client_with_tls, tells_a_server_that_does_not_speak_tls) {
  server.host().events().serve(server.core());
  EXPECT_EQ(outcome("localhost"), "the server does not speak TLS");
}

TEST_F(a_client_with_tls, says_what_is_wrong_with_a_file_of_authorities) {
  tls::trust other;
  EXPECT_EQ(other.load(files.path("missing.crt")),
            "tls: " + files.path("missing.crt") + ": No such file or directory");
  files.write("empty.crt", "");
  EXPECT_TRUE(other.load(files.path("empty.crt")).starts_with("tls: " + files.path("empty.crt")));
  EXPECT_EQ(other.context(), nullptr);
}

TEST_F(a_client_with_tls, takes_what_comes_byte_by_byte_and_sends_what_leaves_byte_by_byte) {
  server.faults().most_read = 1;
  server.faults().most_written = 1;
  EXPECT_EQ(outcome("localhost"), "live");
}

TEST_F(a_client_with_tls, survives_a_connection_that_is_cut_anywhere) {
  connect();
  remote<board> mounted(*connection, "main");
  net.run();
  ASSERT_TRUE(mounted.live()) << mounted.why();
  const std::size_t whole = net.wires.back()->moved();
  for (std::size_t cut = 1; cut < whole; cut += 7) {
    net.most_bytes = cut;
    net.wires.back()->break_off();
    net.run_for(20ms);
    EXPECT_FALSE(mounted.live()) << cut;
    net.most_bytes = SIZE_MAX;
    net.run_for(300ms);
    ASSERT_TRUE(mounted.live()) << cut << mounted.why();
  }
}

TEST_F(a_client_with_tls, says_goodbye_when_it_leaves) {
  EXPECT_EQ(outcome("localhost"), "live");
  net.run();
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(guard.connections().used, 0U);
}

}  // namespace
}  // namespace musubi::test
