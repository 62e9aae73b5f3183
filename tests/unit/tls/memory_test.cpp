// What OpenSSL takes, of the region and of the heap. A program of its own: see
// tests/CMakeLists.txt.
#include "support/board.hpp"
#include "support/counting_allocator.hpp"
#include "support/remote_wire.hpp"
#include "support/served.hpp"
#include "support/tls_files.hpp"
#include "unit/memory/region.hpp"
#include "unit/tls/tls_pipe.hpp"

#include <algorithm>
#include <cstdio>
#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <optional>
#include <string>
#include <vector>

#include <musubi/remote/remote_server.hpp>
#include <musubi/tls/connector.hpp>
#include <musubi/tls/guard.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::test {
namespace {

constexpr tls::sizes limit{.connections = 16, .handshakes = 4};
/// For the library, and the clients of these tests, whose memory is of the same region.
constexpr std::size_t for_all = std::size_t{6} << 20U;

std::uint64_t used() {
  return tls::memory::use().used;
}

/// Replaces the certificate of `files` by one with an RSA key.
void use_rsa(const tls_files& files, unsigned bits) {
  EVP_PKEY* const key = EVP_RSA_gen(bits);
  X509* const made = X509_new();
  X509_set_version(made, 2);
  X509_gmtime_adj(X509_getm_notBefore(made), 0);
  X509_gmtime_adj(X509_getm_notAfter(made), 3600);
  X509_set_pubkey(made, key);
  X509_sign(made, key, EVP_sha256());
  BIO* const certificate = BIO_new_file(files.certificate().c_str(), "w");
  PEM_write_bio_X509(certificate, made);
  BIO_free(certificate);
  BIO* const file = BIO_new_file(files.key().c_str(), "w");
  PEM_write_bio_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  BIO_free(file);
  X509_free(made);
  EVP_PKEY_free(key);
}

/// While it lives, `high_water` is what is in use: it has taken the rest.
class filled_up {
 public:
  filled_up() {
    for (const std::size_t bytes : {std::size_t{4000}, std::size_t{16}}) {
      while (used() + bytes < tls::memory::use().high_water) {
        taken_.push_back(OPENSSL_malloc(bytes));
      }
    }
  }
  ~filled_up() {
    for (void* const each : taken_) OPENSSL_free(each);
  }
  filled_up(const filled_up&) = delete;
  filled_up& operator=(const filled_up&) = delete;

 private:
  std::vector<void*> taken_;
};

class memory_of_tls : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static tls::memory region;  // before anything uses OpenSSL
    ASSERT_TRUE(region.reserve(tls::memory::bytes(limit) + for_all));
  }
  /// Starts the host with the certificate of `files`.
  void start() {
    ASSERT_EQ(shown.load(files.certificate(), files.key()), "");
    guard.emplace(server.host().events(), server.core(), shown, limit);
    server.host().events().serve(*guard);
    ASSERT_TRUE(client()->connect());  // OpenSSL makes what it keeps for ever
    server.run_for(3s);
  }
  std::unique_ptr<tls_pipe> client(const tls_wishes& wanted = {}) {
    return std::make_unique<tls_pipe>(
        std::make_unique<memory_pipe>(server.host().events(), server.host().connect()), wanted);
  }
  static memory_port::client& end_of(tls_pipe& of) {
    return static_cast<memory_pipe&>(of.wire()).end();
  }
  /// Lets the host take what `from` sends, and notes what it has then, and had at most meanwhile.
  void feed(tls_pipe& from, std::string_view bytes) {
    const filled_up watched;
    const std::uint64_t before = used();
    end_of(from).write(bytes);
    server.run();
    most = std::max(most, held + (tls::memory::use().high_water - before));
    held += used() - before;
  }
  /// Makes a handshake, noting what it takes of the host.
  std::unique_ptr<tls_pipe> shake(const tls_wishes& wanted) {
    held = most = 0;
    auto made = client(wanted);
    feed(*made, {});  // accepted
    for (int i = 0; i < 10 && SSL_is_init_finished(&made->ssl()) == 0; ++i) {
      feed(*made, made->outgoing());
      made->take_in();
    }
    EXPECT_EQ(SSL_is_init_finished(&made->ssl()), 1);
    feed(*made, made->outgoing());
    return made;
  }
  static std::string protocols(std::size_t bytes) {
    std::string list = "\x08http/1.1";
    while (list.size() < bytes) list += "\x08http/1.0";
    return list;
  }

  tls_files files;
  tls::identity shown;
  std::optional<tls::guard> guard;  // outlives the host
  served<board_socket> server;
  std::uint64_t held = 0;
  std::uint64_t most = 0;
};

constexpr std::string_view ask = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(memory_of_tls, is_of_the_region_and_not_of_the_heap) {
  start();
  const auto visitor = client();
  const std::string hello = visitor->outgoing();
  server.run();
  const heap_watch shaking;
  end_of(*visitor).write(hello);
  server.run();
  EXPECT_EQ(shaking.allocations(), 0U);
  ASSERT_TRUE(visitor->connect());
  const std::string request = visitor->record(ask);
  const heap_watch asking;
  end_of(*visitor).write(request);
  server.run();
  EXPECT_EQ(asking.allocations(), 0U);
  EXPECT_EQ(tls::memory::use().failures, 0U);
}

TEST_F(memory_of_tls, is_at_most_what_is_reserved_for_a_connection_and_a_handshake) {
  const std::size_t a_connection = tls::memory::bytes({.connections = 1, .handshakes = 0});
  const std::size_t a_handshake = tls::memory::bytes({.connections = 0, .handshakes = 1});
  for (const unsigned rsa_bits : {0U, 2048U, 4096U}) {
    if (rsa_bits != 0) use_rsa(files, rsa_bits);
    const std::string key = rsa_bits == 0 ? "P-256" : "RSA " + std::to_string(rsa_bits);
    start();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      for (const std::size_t offered : {std::size_t{9}, std::size_t{1000}}) {
        const std::string list = protocols(offered);
        const auto visitor = shake({.least = version, .most = version, .protocols = list});
        const std::uint64_t handshake = most;
        feed(*visitor, visitor->record(ask));
        EXPECT_NE(visitor->read().find("404"), std::string::npos);
        const std::uint64_t idle = held;
        const std::string large = visitor->record(std::string(16384, 'x'));
        feed(*visitor, std::string_view(large).substr(0, 16000));
        const std::uint64_t reading = held;
        std::printf(
            "%s, TLS 1.%d, a hello with %5zu bytes of protocols: idle %llu, "
            "with a part of a record %llu, in the handshake at most %llu\n",
            key.c_str(), version == TLS1_2_VERSION ? 2 : 3, offered,
            static_cast<unsigned long long>(idle), static_cast<unsigned long long>(reading),
            static_cast<unsigned long long>(handshake));
        // it may have a record to write besides
        EXPECT_LE(reading + (reading - idle), a_connection);
        EXPECT_LE(handshake, a_connection + a_handshake);
        visitor->close();
        server.run_for(3s);
      }
    }
  }
  std::printf("reserved for a connection %zu, for a handshake %zu; the process has used %llu\n",
              a_connection, a_handshake,
              static_cast<unsigned long long>(tls::memory::use().high_water));
  EXPECT_EQ(tls::memory::use().failures, 0U);
}

TEST_F(memory_of_tls, of_a_client_is_of_the_region_and_not_of_the_heap) {
  start();
  tls::trust trusted;
  ASSERT_EQ(trusted.load(files.certificate()), "");
  host_network net(server.host().events());
  tls::connector secure(server.core().loop(), net, trusted, "localhost");
  const remote_limits sizes;
  region room(remote_server::bytes(sizes));
  const std::uint64_t before = used();
  remote_server there(server.core().loop(), secure, {"localhost", "/socket"}, sizes, room.begin());
  const remote_root mounted(there, "Test.Board", "main");
  net.run();
  ASSERT_EQ(mounted.status(), remote_status::live) << mounted.why();
  EXPECT_GT(used(), before);
  const heap_watch beating;
  net.run_for(31s);  // a heartbeat and its answer
  EXPECT_EQ(beating.allocations(), 0U);
  EXPECT_TRUE(there.connected());
  EXPECT_EQ(tls::memory::use().failures, 0U);
}

TEST_F(memory_of_tls, is_not_kept_for_what_no_browser_says_in_its_hello) {
  start();
  const std::string list = protocols(15000);
  EXPECT_FALSE(client({.protocols = list})->connect());
  EXPECT_EQ(guard->counted().of(tls::failure::violation), 1U);
  EXPECT_TRUE(client()->connect());
}

TEST_F(memory_of_tls, is_not_given_to_a_hello_that_is_larger_than_any_browser_s) {
  start();
  const std::string list = protocols(40000);
  const auto visitor = client({.protocols = list});
  held = most = 0;
  feed(*visitor, visitor->outgoing());
  EXPECT_LT(most, tls::memory::bytes({.connections = 1, .handshakes = 1}));
  EXPECT_EQ(guard->counted().of(tls::failure::memory), 1U);
  EXPECT_EQ(tls::memory::use().failures, 0U);
  (void)visitor->wire().read();
  EXPECT_TRUE(visitor->ended());
  EXPECT_TRUE(client()->connect());
}

}  // namespace
}  // namespace musubi::test
