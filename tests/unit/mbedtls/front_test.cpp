#include "support/board.hpp"
#include "support/served.hpp"
#include "unit/mbedtls/with_mbedtls.hpp"

#include <gtest/gtest.h>
#include <string>

namespace musubi::test {
namespace {

using front = mbedtls::front<limits_with_mbedtls>;

/// What a front with these says is wrong.
std::string problem_with(const der& certificate, const der& key) {
  front made({certificate, key});
  placed_front placed;
  memory_port::host<board_socket> host({.limits = limits_with_mbedtls});
  placed.place(made, host.core(), host.events());
  return std::string(made.problem());
}

TEST(mbedtls_front, says_what_is_wrong_with_the_certificate_or_the_key) {
  const der certificate = certificate_in_der(test_certificate);
  const der key = key_in_der(test_key);
  EXPECT_EQ(problem_with(certificate, key), "");
  EXPECT_EQ(problem_with({}, key), "mbedtls: needs a certificate");
  EXPECT_EQ(problem_with(key, key),
            "mbedtls: the certificate is not a certificate in DER with a key on P-256");
  EXPECT_EQ(problem_with(certificate, {}),
            "mbedtls: the key is not a key on P-256 in DER, without a password");
  EXPECT_EQ(problem_with(certificate, certificate),
            "mbedtls: the key is not a key on P-256 in DER, without a password");
  EVP_PKEY* const another = EVP_EC_gen("P-256");
  unsigned char* bytes = nullptr;
  const int size = i2d_PrivateKey(another, &bytes);
  EXPECT_EQ(problem_with(certificate, der(bytes, bytes + size)),
            "mbedtls: the key is not that of the certificate");
  OPENSSL_free(bytes);
  EVP_PKEY_free(another);
}

TEST(mbedtls_front, shows_the_certificates_behind_the_first_unless_they_do_not_fit_into_a_record) {
  der chain;
  const der one = certificate_in_der(test_certificate);
  while (chain.size() + one.size() < mbedtls::sent_record_bytes - 64) {
    chain.insert(chain.end(), one.begin(), one.end());
  }
  EXPECT_EQ(problem_with(chain, key_in_der(test_key)), "");
  chain.insert(chain.end(), one.begin(), one.end());
  EXPECT_EQ(problem_with(chain, key_in_der(test_key)),
            "mbedtls: the certificates do not fit into sent_record_bytes");
}

TEST(mbedtls_front, is_the_only_one_of_a_program) {
  with_mbedtls rig;
  placed_front placed;
  memory_port::host<board_socket> host({.limits = limits_with_mbedtls});
  placed.place(rig.front, host.core(), host.events());
  EXPECT_EQ(problem_with(rig.certificate, rig.key), "mbedtls: another one has Mbed TLS's memory");
}

TEST(mbedtls_sizes, say_which_relation_to_the_limits_of_the_host_does_not_hold) {
  constexpr mbedtls::sizes usual;
  limits host = limits_with_mbedtls;
  EXPECT_EQ(usual.violation(host), "");
  host.message_bytes = 3841;
  EXPECT_NE(usual.violation(host).find("limits::message_bytes + 256"), std::string::npos);
  host.read_bytes = 4097;
  EXPECT_NE(usual.violation(host).find("limits::read_bytes"), std::string::npos);
  EXPECT_NE(mbedtls::sizes{.handshake_patience = 11s}.violation(limits_with_mbedtls), "");
  EXPECT_NE(mbedtls::sizes{.handshake_patience = 0s}.violation(limits_with_mbedtls), "");
}

TEST(mbedtls_sizes, have_room_for_all_that_the_host_has_room_for_unless_told_otherwise) {
  EXPECT_EQ(mbedtls::sizes{}.connections_of(limits_with_mbedtls), 12U);
  EXPECT_EQ(mbedtls::sizes{.connections = 3}.connections_of(limits_with_mbedtls), 3U);
}

}  // namespace
}  // namespace musubi::test
