#include <array>
#include <fstream>
#include <iterator>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <utility>

#include <musubi/tls/identity.hpp>
#include <musubi/tls/internal/settings.hpp>
#include <musubi/tls/internal/stream.hpp>

namespace musubi::tls {

namespace {

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, http_1_1, sizeof http_1_1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// OpenSSL keeps these parts of a hello for as long as the connection: refuses those that are
/// larger than any browser's.
int limit_hello(SSL* connection, int* alert, void*) {
  constexpr unsigned int kept[] = {TLSEXT_TYPE_application_layer_protocol_negotiation,
                                   TLSEXT_TYPE_supported_groups, TLSEXT_TYPE_signature_algorithms,
                                   TLSEXT_TYPE_ec_point_formats};
  constexpr std::size_t most = 1024;
  const unsigned char* begin = nullptr;
  std::size_t size = SSL_client_hello_get0_ciphers(connection, &begin);
  for (const unsigned int each : kept) {
    if (size > most) break;
    if (SSL_client_hello_get0_ext(connection, each, &begin, &size) != 1) size = 0;
  }
  if (size <= most) return SSL_CLIENT_HELLO_SUCCESS;
  *alert = SSL_AD_ILLEGAL_PARAMETER;
  return SSL_CLIENT_HELLO_ERROR;
}

/// OpenSSL refuses a renegotiation by a warning, which it tells of in no other way.
void watch_alerts(const SSL* connection, int where, int alert) {
  if ((where & SSL_CB_WRITE_ALERT) != SSL_CB_WRITE_ALERT) return;
  if ((alert & 0xFF) != SSL_AD_NO_RENEGOTIATION) return;
  BIO* const bio = SSL_get_rbio(connection);
  if (auto* const of = static_cast<network_side*>(BIO_get_data(bio))) {
    static_cast<stream*>(of)->renegotiation_refused();
  }
}

bool set_up(SSL_CTX& context) noexcept {
  // no cache of sessions: tickets instead, kept by the client
  SSL_CTX_set_options(&context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_alpn_select_cb(&context, &choose_protocol, nullptr);
  SSL_CTX_set_client_hello_cb(&context, &limit_hello, nullptr);
  SSL_CTX_set_info_callback(&context, &watch_alerts);
  return use_common_settings(context);
}

std::string fill(SSL_CTX& context, const std::string& certificate, const std::string& key) {
  ERR_clear_error();
  // a password would be asked for on the terminal
  SSL_CTX_set_default_passwd_cb(&context, [](char*, int, int, void*) { return 0; });
  if (!set_up(context)) return "tls: OpenSSL refuses this host's settings";
  if (SSL_CTX_use_certificate_chain_file(&context, certificate.c_str()) != 1) {
    return why_not_usable(certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(&context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return why_not_usable(key);
  }
  return {};
}

std::string digest_of(const X509* of) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_digest(of, EVP_sha256(), digest.data(), &size) != 1) return {};
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr char digits[] = "0123456789ABCDEF";
    if (i != 0) text += ':';
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 15U];
  }
  return text;
}

}  // namespace

identity::~identity() {
  if (context_ != nullptr) SSL_CTX_free(context_);
}

std::string identity::load(const std::string& certificate, const std::string& key,
                           const std::string& authority) {
  std::shared_ptr<const std::string> offered;
  if (!authority.empty()) {
    std::ifstream file(authority, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return "tls: " + authority + ": cannot be read";
    offered = std::make_shared<const std::string>(std::move(text));
  }
  SSL_CTX* const fresh = SSL_CTX_new(TLS_server_method());
  if (fresh == nullptr) return "tls: no memory for OpenSSL";
  if (std::string wrong = fill(*fresh, certificate, key); !wrong.empty()) {
    SSL_CTX_free(fresh);
    return wrong;
  }
  SSL_CTX* before = nullptr;
  {
    const std::lock_guard lock(mutex_);
    before = std::exchange(context_, fresh);
    authority_ = std::move(offered);
    generation_.fetch_add(1, std::memory_order_release);
  }
  if (before != nullptr) SSL_CTX_free(before);
  return {};
}

std::string identity::fingerprint() const {
  const std::lock_guard lock(mutex_);
  return context_ == nullptr ? std::string() : digest_of(SSL_CTX_get0_certificate(context_));
}

bool identity::is_for(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  X509* const shown = context_ == nullptr ? nullptr : SSL_CTX_get0_certificate(context_);
  return shown != nullptr && X509_check_host(shown, name.data(), name.size(), 0, nullptr) == 1;
}

std::string identity::authority_fingerprint() const {
  const std::shared_ptr<const std::string> pem = authority();
  if (pem == nullptr) return {};
  BIO* const file = BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size()));
  X509* const read = PEM_read_bio_X509(file, nullptr, nullptr, nullptr);
  BIO_free(file);
  std::string text = read == nullptr ? std::string() : digest_of(read);
  X509_free(read);
  return text;
}

std::shared_ptr<const std::string> identity::authority() const noexcept {
  const std::lock_guard lock(mutex_);
  return authority_;
}

ssl_ctx_st* identity::context() const noexcept {
  const std::lock_guard lock(mutex_);
  if (context_ != nullptr) SSL_CTX_up_ref(context_);
  return context_;
}

}  // namespace musubi::tls
