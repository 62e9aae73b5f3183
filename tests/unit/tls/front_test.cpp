/// TLS in front of a host, over every port of a gateway.

#include "support/board.hpp"
#include "support/browser.hpp"
#include "support/patience.hpp"
#include "support/small_limits.hpp"
#include "support/socket_path.hpp"
#include "support/socket_pipe.hpp"
#include "support/tls_files.hpp"
#include "unit/memory/region.hpp"
#include "unit/tls/tls_pipe.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/asio/host.hpp>
#include <musubi/asio/internal/loop.hpp>
#include <musubi/memory_port/host.hpp>
#include <musubi/posix/host.hpp>
#include <musubi/tls/front.hpp>

namespace musubi::test {
namespace {

tls_options options_of(const tls_files& files) {
  return {.on = true, .certificate = files.certificate(), .key = files.key()};
}

/// The memory port.
class memory_host {
 public:
  explicit memory_host(const tls_files& files) : secure_(options_of(files), small_limits()) {
    EXPECT_EQ(secure_.problem(), "");
    front_.place(secure_, host_.core(), host_.events());
    host_.events().serve(front_.before(host_.core()));
  }
  std::unique_ptr<byte_pipe> wire() {
    return std::make_unique<memory_pipe>(host_.events(), host_.connect());
  }
  void turn() { host_.events().run_for(std::chrono::milliseconds(10)); }
  [[nodiscard]] host_core& core() { return host_.core(); }

 private:
  tls::front secure_;
  placed_front front_;  // outlives the host, as in a port
  memory_port::host<board_socket> host_{{.limits = small_limits()}};
};

/// The Asio port, on the test's own thread.
class asio_host {
 public:
  asio_host(const tls_files& files, std::string unix_path)
      : path_(std::move(unix_path)),
        host_({.port = 0,
               .unix_path = path_,
               .limits = small_limits(),
               .offload = {.threads = 0},
               .tls = options_of(files),
               .handle_signals = false,
               .log_level = musubi::log_level::none}) {
    EXPECT_EQ(host_.problem(), "");
  }
  std::unique_ptr<byte_pipe> wire() {
    return std::make_unique<socket_pipe>(
        path_.empty() ? socket_end::to_port(host_.port()) : socket_end::to_path(path_.c_str()),
        [this] { turn(); });
  }
  void turn() { host_.first_loop().poll(); }
  [[nodiscard]] host_core& core() { return host_.core(); }

 private:
  std::string path_;
  asio::host<board_socket> host_;
};
struct tcp_host : asio_host {
  explicit tcp_host(const tls_files& files) : asio_host(files, {}) {}
};
struct unix_host : asio_host {
  explicit unix_host(const tls_files& files) : asio_host(files, socket_path("tls")) {}
};

/// The posix port, on the test's own thread.
class posix_host {
 public:
  explicit posix_host(const tls_files& files)
      : secure_(options_of(files), small_limits()),
        memory_(posix::host_in<board_socket>::bytes(small_limits())),
        host_(small_limits(),
              {memory_.begin(), posix::host_in<board_socket>::bytes(small_limits())},
              {.port = 0, .front = &secure_}) {
    EXPECT_EQ(host_.problem(), "");
  }
  std::unique_ptr<byte_pipe> wire() {
    return std::make_unique<socket_pipe>(socket_end::to_port(host_.port()), [this] { turn(); });
  }
  void turn() { host_.events().poll(); }
  [[nodiscard]] host_core& core() { return host_.core(); }

 private:
  tls::front secure_;
  region memory_;
  posix::host_in<board_socket> host_;
};

template <class Host>
class tls_over_any_port : public testing::Test {
 protected:
  std::unique_ptr<tls_pipe> client(tls_wishes wanted = {}) {
    wanted.reads_until_it_rests = std::is_same_v<Host, memory_host>;
    return std::make_unique<tls_pipe>(host.wire(), wanted);
  }
  browser visitor(const tls_wishes& wanted = {}) { return browser(client(wanted)); }
  pool_metrics pool(std::string_view name) {
    pool_metrics found;
    host.core().each_pool([&](const pool_metrics& each) {
      if (each.name == name) found = each;
    });
    EXPECT_EQ(std::string_view(found.name), name);
    return found;
  }
  /// Lets it work until nobody is connected; false if somebody stays.
  bool empties() {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (pool("tls_connections").used != 0) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      host.turn();
    }
    return true;
  }

  tls_files files;
  Host host{files};
  static constexpr std::string_view ask = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
};

using hosts = testing::Types<memory_host, tcp_host, unix_host, posix_host>;
struct host_names_of_tests {
  template <class Host>
  static std::string GetName(int) {
    if constexpr (std::is_same_v<Host, memory_host>) return "memory";
    if constexpr (std::is_same_v<Host, tcp_host>) return "asio_tcp";
    if constexpr (std::is_same_v<Host, unix_host>) return "asio_unix";
    return "posix";
  }
};
TYPED_TEST_SUITE(tls_over_any_port, hosts, host_names_of_tests);

TYPED_TEST(tls_over_any_port, serves_stores_with_1_3_and_1_2) {
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    browser page = this->visitor({.most = version});
    ASSERT_EQ(page.upgrade().status, 101);
    root mounted = page.mounted("Test.Board");
    const std::string ref = mounted.command("add", R"({"amount":2})");
    EXPECT_EQ(page.next(), mounted.ok(ref));
    EXPECT_NE(page.next().find("/count"), std::string::npos);
    EXPECT_NE(this->pool("tls_connections").used, 0U);
  }
}

TYPED_TEST(tls_over_any_port, takes_handshake_and_records_byte_by_byte) {
  const auto pipe = this->client();
  const std::string hello = pipe->outgoing();
  for (const char byte : hello) pipe->wire().write({&byte, 1});
  ASSERT_TRUE(pipe->connect());
  for (const char byte : pipe->record(this->ask)) pipe->wire().write({&byte, 1});
  EXPECT_NE(pipe->read().find("404"), std::string::npos);
}

TYPED_TEST(tls_over_any_port, ends_a_client_whose_record_was_changed_and_serves_others) {
  const auto pipe = this->client();
  ASSERT_TRUE(pipe->connect());
  std::string record = pipe->record(this->ask);
  record.back() = static_cast<char>(record.back() ^ 1);
  pipe->wire().write(record);
  EXPECT_TRUE(this->empties());
  EXPECT_EQ(this->visitor().get("/nothing").status, 404);
}

TYPED_TEST(tls_over_any_port, forgets_who_leaves_in_the_handshake_or_in_a_record) {
  const auto greeting = this->client();
  greeting->wire().write(greeting->outgoing().substr(0, 30));
  const auto talking = this->client();
  ASSERT_TRUE(talking->connect());
  talking->wire().write(talking->record(this->ask).substr(0, 20));
  greeting->close();
  talking->close();
  EXPECT_TRUE(this->empties());
  EXPECT_EQ(this->pool("tls_handshakes").used, 0U);
}

TYPED_TEST(tls_over_any_port, says_that_it_ends) {
  const auto pipe = this->client();
  pipe->write("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  while (!pipe->was_told_the_end() && !pipe->ended()) (void)pipe->read();
  EXPECT_TRUE(pipe->was_told_the_end());
}

TYPED_TEST(tls_over_any_port, sends_plain_http_to_https) {
  const auto plain = this->host.wire();
  plain->write("GET /x HTTP/1.1\r\nHost: localhost:4000\r\n\r\n");
  EXPECT_NE(plain->read().find("\r\nLocation: https://localhost:4000/x\r\n"), std::string::npos);
}

TEST(tls_front, says_what_is_wrong_with_its_options) {
  EXPECT_EQ(tls::front({}, small_limits()).problem(),
            "tls: needs a certificate, or a folder for one of its own");
}

TEST(tls_front, makes_a_certificate_for_the_name_by_which_its_machine_is_found_and_keeps_it) {
  const tls_files files;
  const tls_options options{.folder = files.path("own")};
  std::string fingerprint;
  {
    tls::front secure(options, small_limits());
    ASSERT_EQ(secure.problem(), "");
    EXPECT_FALSE(secure.shown().is_for("cellar-2.local"));
    secure.found_as("cellar-2.local");
    bool changed = false;
    EXPECT_EQ(secure.load(changed), "");
    EXPECT_TRUE(changed);
    EXPECT_TRUE(secure.shown().is_for("cellar-2.local"));
    EXPECT_TRUE(secure.shown().is_for("localhost"));
    fingerprint = secure.shown().fingerprint();
  }
  tls::front after_restart(options, small_limits());
  EXPECT_EQ(after_restart.shown().fingerprint(), fingerprint);
  after_restart.found_as("cellar-2.local");
  bool changed = false;
  EXPECT_EQ(after_restart.load(changed), "");
  EXPECT_FALSE(changed);
  after_restart.found_as("cellar-3.local");
  EXPECT_EQ(after_restart.load(changed), "");
  EXPECT_FALSE(after_restart.shown().is_for("cellar-2.local"));
  EXPECT_TRUE(after_restart.shown().is_for("cellar-3.local"));
}

TEST(tls_front, keeps_a_posix_host_from_running_when_it_has_a_problem) {
  const tls_files files;
  tls::front secure({.certificate = files.path("none.crt"), .key = files.key()}, small_limits());
  const posix::host_in<board_socket> host(small_limits(), {}, {.port = 0, .front = &secure});
  EXPECT_EQ(host.problem(), "tls: " + files.path("none.crt") + ": No such file or directory");
}

TEST(tls_front, has_what_the_host_has_room_for_unless_told_otherwise) {
  const tls_files files;
  const auto capacity = [&](tls_options chosen) {
    tls::front secure(chosen, small_limits());
    placed_front front;
    memory_port::host<board_socket> host{{.limits = small_limits()}};
    front.place(secure, host.core(), host.events());
    std::string all;
    host.core().each_pool([&](const pool_metrics& pool) {
      if (pool.name == "tls_connections" || pool.name == "tls_handshakes") {
        all += std::to_string(pool.capacity) + " ";
      }
    });
    return all;
  };
  tls_options chosen = options_of(files);
  EXPECT_EQ(capacity(chosen), "12 4 ");
  chosen.connections = 3;
  chosen.handshakes = 2;
  EXPECT_EQ(capacity(chosen), "3 2 ");
}

}  // namespace
}  // namespace musubi::test
