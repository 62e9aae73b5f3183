#include <new>

#include <musubi/mbedtls/identity.hpp>
#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/memory.hpp>
#include <musubi/mbedtls/sizes.hpp>

namespace musubi::mbedtls {

namespace {

constexpr int ciphers[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, 0};
constexpr mbedtls_ecp_group_id curves[] = {MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_NONE};
constexpr int hashes[] = {MBEDTLS_MD_SHA256, MBEDTLS_MD_NONE};
const char* protocols[] = {"http/1.1", nullptr};
/// Around the certificates of the message that carries them, and before each.
constexpr std::size_t message_head = 7;
constexpr std::size_t certificate_head = 3;

int take_entropy(void* port, unsigned char* into, std::size_t bytes) {
  static_cast<net::port*>(port)->entropy(std::as_writable_bytes(std::span(into, bytes)));
  return 0;
}

}  // namespace

struct identity::parts {
  parts() noexcept {
    mbedtls_x509_crt_init(&certificate);
    mbedtls_pk_init(&key);
    mbedtls_hmac_drbg_init(&random);
    mbedtls_ssl_config_init(&settings);
  }
  ~parts() {
    mbedtls_ssl_config_free(&settings);
    mbedtls_hmac_drbg_free(&random);
    mbedtls_pk_free(&key);
    mbedtls_x509_crt_free(&certificate);
  }
  parts(const parts&) = delete;
  parts& operator=(const parts&) = delete;

  /// Parses the certificates. Returns what is wrong.
  std::string_view read_certificates(std::span<const unsigned char> all) noexcept {
    std::size_t message = message_head;
    while (!all.empty()) {
      if (const int error = mbedtls_x509_crt_parse_der_nocopy(&certificate, all.data(), all.size());
          error != 0) {
        return error == MBEDTLS_ERR_X509_ALLOC_FAILED
                   ? "mbedtls: the region has no room for the certificate"
                   : "mbedtls: the certificate is not a certificate in DER with a key on P-256";
      }
      const mbedtls_x509_crt* last = &certificate;
      while (last->next != nullptr) last = last->next;
      message += certificate_head + last->raw.len;
      all = all.subspan(last->raw.len);
    }
    if (certificate.raw.len == 0) return "mbedtls: needs a certificate";
    if (message > sent_record_bytes) {
      return "mbedtls: the certificates do not fit into sent_record_bytes";
    }
    return {};
  }

  mbedtls_x509_crt certificate;
  mbedtls_pk_context key;
  mbedtls_hmac_drbg_context random;
  mbedtls_ssl_config settings;
};

identity::~identity() {
  if (parts_ == nullptr) return;
  parts_->~parts();
  memory::deallocate(parts_);
}

std::string_view identity::load(const certificate_and_key& shown, net::port& port) noexcept {
  void* const room = memory::allocate(sizeof(parts));
  if (room == nullptr) return "mbedtls: the region has no room for the certificate";
  parts& made = *new (room) parts;
  parts_ = &made;
  if (const std::string_view wrong = made.read_certificates(shown.certificate); !wrong.empty()) {
    return wrong;
  }
  if (mbedtls_pk_parse_key(&made.key, shown.key.data(), shown.key.size(), nullptr, 0) != 0 ||
      mbedtls_pk_can_do(&made.key, MBEDTLS_PK_ECDSA) != 1) {
    return "mbedtls: the key is not a key on P-256 in DER, without a password";
  }
  if (mbedtls_pk_check_pair(&made.certificate.pk, &made.key) != 0) {
    return "mbedtls: the key is not that of the certificate";
  }
  if (mbedtls_hmac_drbg_seed(&made.random, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256),
                             &take_entropy, &port, nullptr, 0) != 0) {
    return "mbedtls: the random number generator could not be seeded";
  }
  mbedtls_ssl_config& all = made.settings;
  if (mbedtls_ssl_config_defaults(&all, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                                  MBEDTLS_SSL_PRESET_DEFAULT) != 0 ||
      mbedtls_ssl_conf_own_cert(&all, &made.certificate, &made.key) != 0 ||
      mbedtls_ssl_conf_alpn_protocols(&all, protocols) != 0) {
    return "mbedtls: the region has no room for the settings";
  }
  mbedtls_ssl_conf_rng(&all, &mbedtls_hmac_drbg_random, &made.random);
  mbedtls_ssl_conf_min_version(&all, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
  mbedtls_ssl_conf_ciphersuites(&all, ciphers);
  mbedtls_ssl_conf_curves(&all, curves);
  mbedtls_ssl_conf_sig_hashes(&all, hashes);
  settings_ = &all;
  return {};
}

}  // namespace musubi::mbedtls
