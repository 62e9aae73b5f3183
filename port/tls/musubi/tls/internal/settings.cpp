#include <cstring>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <musubi/tls/internal/settings.hpp>

namespace musubi::tls {

namespace {

/// With an ephemeral key exchange and an authenticated cipher only, as browsers have had since
/// 2016.
constexpr const char* ciphers_of_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

}  // namespace

bool use_common_settings(SSL_CTX& context) noexcept {
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                 SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(&context, 1);  // a record with one call of the system's
  return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(&context, ciphers_of_1_2) == 1 &&
         SSL_CTX_set1_groups_list(&context, "X25519:P-256:P-384") == 1;
}

std::string why_not_usable(const std::string& file) {
  const unsigned long error = ERR_peek_last_error();
  const char* const reason = ERR_reason_error_string(error);
  std::string text = "tls: " + file + ": ";
  if (ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_SYS) {
    return text + std::strerror(ERR_GET_REASON(ERR_peek_error()));
  }
  return text + (reason != nullptr ? reason : "not usable");
}

}  // namespace musubi::tls
