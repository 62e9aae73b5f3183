#pragma once
/// Mbed TLS as on a board, in front of a host of these tests.

#include "support/small_limits.hpp"
#include "support/tls_files.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string_view>
#include <vector>

#include <musubi/mbedtls/front.hpp>

namespace musubi::test {

using der = std::vector<unsigned char>;

/// The certificate of `pem` in DER.
inline der certificate_in_der(std::string_view pem) {
  BIO* const text = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* const read = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(read, &bytes);
  der made(bytes, bytes + size);
  OPENSSL_free(bytes);
  X509_free(read);
  BIO_free(text);
  return made;
}

/// The key of `pem` in DER.
inline der key_in_der(std::string_view pem) {
  BIO* const text = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  EVP_PKEY* const read = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
  unsigned char* bytes = nullptr;
  const int size = i2d_PrivateKey(read, &bytes);
  der made(bytes, bytes + size);
  OPENSSL_free(bytes);
  EVP_PKEY_free(read);
  BIO_free(text);
  return made;
}

/// Those of the other tests, with messages that fit into a record.
inline constexpr limits limits_with_mbedtls = [] {
  limits chosen = small_limits();
  chosen.message_bytes = 3840;
  return chosen;
}();

/// A rig of guard_behaviour.hpp.
struct with_mbedtls {
  static constexpr int versions[] = {TLS1_2_VERSION};

  net::service& put_before(host_core& core, net::port& port) {
    net::service& made = front.put_before(core, port);
    EXPECT_EQ(front.problem(), "");
    return made;
  }
  const tls::counters& counted() { return front.guarding().counted(); }
  const pool_metrics& connections() { return front.guarding().connections(); }
  const pool_metrics& handshakes() { return front.guarding().handshakes(); }

  der certificate = certificate_in_der(test_certificate);
  der key = key_in_der(test_key);
  mbedtls::front<limits_with_mbedtls> front{{certificate, key}};
};

}  // namespace musubi::test
