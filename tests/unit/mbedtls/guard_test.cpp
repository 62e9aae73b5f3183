// A board's TLS in front of a host, over the memory port.
#include "support/counting_allocator.hpp"
#include "unit/mbedtls/with_mbedtls.hpp"
#include "unit/tls/guard_behaviour.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace musubi::test {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(by_mbedtls, a_host_with_tls, with_mbedtls);

using a_host_with_mbedtls = a_host_with_tls<with_mbedtls>;

TEST_F(a_host_with_mbedtls, serves_http_over_1_2_to_a_client_that_would_rather_speak_1_3) {
  const auto pipe = client({.most = TLS1_3_VERSION});
  pipe->write(ask);
  EXPECT_EQ(pipe->read().substr(0, answer.size()), answer);
  EXPECT_EQ(SSL_version(&pipe->ssl()), TLS1_2_VERSION);
  EXPECT_STREQ(SSL_get_cipher(&pipe->ssl()), "ECDHE-ECDSA-AES128-GCM-SHA256");
  EXPECT_EQ(counted().tls_1_2, 1U);
}

TEST_F(a_host_with_mbedtls, makes_one_handshake_at_a_time_while_others_wait_for_their_turn) {
  const auto first = client();
  const std::string hello = first->outgoing();
  first->wire().write(hello.substr(0, 30));
  const auto second = client();
  EXPECT_FALSE(second->connect());
  EXPECT_EQ(rig.handshakes().used, 1U);
  EXPECT_EQ(rig.handshakes().failures, 1U);
  EXPECT_EQ(rig.connections().used, 2U);
  first->wire().write(hello.substr(30));
  EXPECT_TRUE(first->connect());
  EXPECT_TRUE(second->connect());
  EXPECT_EQ(counted().tls_1_2, 2U);
  EXPECT_EQ(rig.handshakes().high_water, 1U);
}

TEST_F(a_host_with_mbedtls, ends_a_handshake_that_stops_when_others_have_waited_for_it) {
  const auto stopped = client();
  stopped->wire().write(stopped->outgoing().substr(0, 30));
  server.run_for(1s);
  const auto second = client();
  EXPECT_FALSE(second->connect());
  server.run_for(1900ms);  // of three seconds, from the beginning of that handshake
  EXPECT_FALSE(stopped->ended());
  server.run_for(200ms);
  EXPECT_TRUE(stopped->ended());
  EXPECT_EQ(counted().of(failure::late), 1U);
  EXPECT_TRUE(second->connect());
}

TEST_F(a_host_with_mbedtls, lets_one_wait_for_its_turn_although_others_want_its_place) {
  std::vector<std::unique_ptr<tls_pipe>> stopped;
  const auto stop = [&] {
    stopped.push_back(client());
    stopped.back()->wire().write(stopped.back()->outgoing().substr(0, 30));
  };
  stop();
  const auto second = client();
  EXPECT_FALSE(second->connect());
  for (int i = 0; i < 6; ++i) stop();  // more than the host has requests
  server.run_for(2900ms);
  EXPECT_FALSE(second->ended());
  server.run_for(200ms);
  EXPECT_TRUE(stopped.front()->ended());
  EXPECT_TRUE(second->connect());
}

TEST_F(a_host_with_mbedtls, ends_one_that_waits_for_its_turn_when_a_request_would_be_late) {
  std::vector<std::unique_ptr<tls_pipe>> stopped;
  for (int i = 0; i < 4; ++i) {  // all requests at once that the host has
    stopped.push_back(client());
    stopped.back()->wire().write(stopped.back()->outgoing().substr(0, 30));
  }
  EXPECT_EQ(rig.connections().used, 4U);
  server.run_for(server.core().configured().head_timeout + 1s);
  EXPECT_EQ(rig.connections().used, 0U);
  EXPECT_EQ(rig.handshakes().used, 0U);
  EXPECT_EQ(counted().of(failure::late), 4U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_mbedtls, has_no_handshake_for_a_client_that_says_nothing) {
  const auto silent = wire();
  EXPECT_FALSE(silent->ended());
  EXPECT_EQ(rig.handshakes().used, 0U);
  EXPECT_TRUE(serves());
  EXPECT_EQ(rig.handshakes().failures, 0U);
}

TEST_F(a_host_with_mbedtls, ends_a_client_whose_record_is_larger_than_its_buffer_and_says_why) {
  for (const std::size_t more : {std::size_t{1}, std::size_t{1000}}) {
    const auto pipe = client();
    ASSERT_TRUE(pipe->connect());
    pipe->wire().write(pipe->record(std::string(mbedtls::received_record_bytes + more, 'x')));
    pipe->take_in();
    char byte = 0;
    ERR_clear_error();
    EXPECT_LE(SSL_read(&pipe->ssl(), &byte, 1), 0);
    EXPECT_EQ(ERR_GET_REASON(ERR_peek_error()), SSL_R_TLSV1_ALERT_RECORD_OVERFLOW);
    EXPECT_TRUE(pipe->ended());
  }
  EXPECT_EQ(counted().of(failure::record), 2U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_mbedtls, takes_a_record_that_fills_its_buffer) {
  const auto pipe = client();
  ASSERT_TRUE(pipe->connect());
  pipe->wire().write(pipe->record(std::string(mbedtls::received_record_bytes, 'x')));
  EXPECT_NE(pipe->read().find("HTTP/1.1 4"), std::string::npos);
  EXPECT_EQ(counted().of(failure::record), 0U);
}

TEST_F(a_host_with_mbedtls, ends_a_client_whose_hello_is_larger_than_its_buffer) {
  std::string protocols = "\x08http/1.1";
  while (protocols.size() < mbedtls::received_record_bytes) protocols += "\x08http/1.0";
  EXPECT_FALSE(client({.protocols = protocols})->connect());
  EXPECT_EQ(counted().of(failure::record), 1U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_mbedtls, ends_a_client_whose_hello_is_none) {
  const auto raw = wire();
  raw->write(std::string("\x16\x03\x01\x00\x20", 5) + std::string(32, 'x'));
  EXPECT_TRUE(raw->ended());
  EXPECT_EQ(counted().of(failure::violation), 1U);
  EXPECT_TRUE(serves());
}

TEST_F(a_host_with_mbedtls, hears_why_a_client_does_not_want_it) {
  const auto pipe = client();
  SSL_set_verify(&pipe->ssl(), SSL_VERIFY_PEER, nullptr);
  EXPECT_FALSE(pipe->connect());
  EXPECT_EQ(counted().of(failure::untrusted), 1U);
}

}  // namespace
}  // namespace musubi::test
