#include <openssl/err.h>
#include <openssl/ssl.h>
#include <utility>

#include <musubi/tls/internal/settings.hpp>
#include <musubi/tls/trust.hpp>

namespace musubi::tls {

namespace {

/// A chain of certificates that a server sends: enough for a few of RSA.
constexpr long most_of_chain = 24576;

bool set_up_client(SSL_CTX& context) noexcept {
  if (!use_common_settings(context)) return false;
  SSL_CTX_set_max_cert_list(&context, most_of_chain);
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
  // 0 is success here
  return SSL_CTX_set_alpn_protos(&context, http_1_1, sizeof http_1_1) == 0;
}

}  // namespace

trust::~trust() {
  if (context_ != nullptr) SSL_CTX_free(context_);
}

std::string trust::load(const std::string& authorities) {
  ERR_clear_error();
  SSL_CTX* const fresh = SSL_CTX_new(TLS_client_method());
  if (fresh == nullptr) return "tls: no memory for OpenSSL";
  std::string wrong;
  if (!set_up_client(*fresh)) {
    wrong = "tls: OpenSSL refuses this program's settings";
  } else if (authorities.empty()) {
    if (SSL_CTX_set_default_verify_paths(fresh) != 1) {
      wrong = "tls: the system's authorities cannot be used";
    }
  } else if (SSL_CTX_load_verify_file(fresh, authorities.c_str()) != 1) {
    wrong = why_not_usable(authorities);
  }
  if (!wrong.empty()) {
    SSL_CTX_free(fresh);
    return wrong;
  }
  SSL_CTX* const before = std::exchange(context_, fresh);
  if (before != nullptr) SSL_CTX_free(before);
  return {};
}

}  // namespace musubi::tls
