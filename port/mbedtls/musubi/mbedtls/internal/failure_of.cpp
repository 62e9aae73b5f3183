#include <cstddef>

#include <musubi/mbedtls/internal/failure_of.hpp>
#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/sizes.hpp>

namespace musubi::mbedtls {

using tls::failure;

namespace {

/// Every room of Mbed TLS has its own code for "out of memory".
bool is_out_of_memory(int error) noexcept {
  const int high = -(-error & ~0x7F);
  const int low = -(-error & 0x7F);
  return high == MBEDTLS_ERR_SSL_ALLOC_FAILED || high == MBEDTLS_ERR_CIPHER_ALLOC_FAILED ||
         high == MBEDTLS_ERR_MD_ALLOC_FAILED || high == MBEDTLS_ERR_ECP_ALLOC_FAILED ||
         high == MBEDTLS_ERR_PK_ALLOC_FAILED || low == MBEDTLS_ERR_MPI_ALLOC_FAILED;
}

/// Whether the record that came last is larger than the buffer for it.
bool is_too_large(const mbedtls_ssl_context& of) noexcept {
  if (of.in_len == nullptr) return false;
  constexpr std::size_t nonce_and_tag = 8 + 16;
  const std::size_t bytes = std::size_t{of.in_len[0]} << 8U | of.in_len[1];
  return bytes > received_record_bytes + (of.transform_in != nullptr ? nonce_and_tag : 0);
}

/// Why a client ends the connection, by its alert.
failure of_alert(unsigned char alert) noexcept {
  switch (alert) {
    case MBEDTLS_SSL_ALERT_MSG_PROTOCOL_VERSION:
      return failure::version;
    case MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE:
      return failure::cipher;
    case MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA:
    case MBEDTLS_SSL_ALERT_MSG_BAD_CERT:
    case MBEDTLS_SSL_ALERT_MSG_CERT_UNKNOWN:
    case MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED:
    case MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_CERT:
      return failure::untrusted;
    default:
      return failure::violation;
  }
}

}  // namespace

failure failure_of(int error, const mbedtls_ssl_context& of) noexcept {
  switch (error) {
    case MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION:
      return failure::version;
    case MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN:
    case MBEDTLS_ERR_SSL_NO_USABLE_CIPHERSUITE:
      return failure::cipher;
    case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
      return of_alert(of.in_msg[1]);
    default:
      break;
  }
  if (is_out_of_memory(error)) return failure::memory;
  if (is_too_large(of)) return failure::record;
  const bool said = of.out_msgtype == MBEDTLS_SSL_MSG_ALERT;
  if (said && of.out_msg[1] == MBEDTLS_SSL_ALERT_MSG_NO_APPLICATION_PROTOCOL) {
    return failure::protocol;
  }
  return failure::violation;
}

}  // namespace musubi::mbedtls
