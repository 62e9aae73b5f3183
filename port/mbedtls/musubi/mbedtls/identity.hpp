#pragma once
/// What a board shows to its clients: certificate and key, and the settings of TLS.

#include <span>
#include <string_view>

#include <musubi/net/port.hpp>

struct mbedtls_ssl_config;

namespace musubi::mbedtls {

/// A certificate and its key in flash, both in DER.
struct certificate_and_key {
  /// The board's certificate, with a key on P-256; directly behind it those that lead to its root,
  /// if clients do not have them. Not copied: it outlives the identity.
  std::span<const unsigned char> certificate;
  /// The key, as PKCS #8 or SEC 1, without a password.
  std::span<const unsigned char> key;
};

/// Loads them once, into the region that a `memory` has given to Mbed TLS.
class identity {
 public:
  constexpr identity() noexcept = default;
  ~identity();
  identity(const identity&) = delete;
  identity& operator=(const identity&) = delete;

  /// Checks both, and seeds a random number generator with the port's entropy, which must be
  /// secret: who can guess it can read the connections. Returns what is wrong, as a sentence with
  /// static lifetime; empty when they are in use. Call once.
  [[nodiscard]] std::string_view load(const certificate_and_key& shown, net::port& port) noexcept;

  // --- for `guard` ---
  [[nodiscard]] const mbedtls_ssl_config& settings() const noexcept { return *settings_; }

 private:
  struct parts;
  parts* parts_ = nullptr;
  const mbedtls_ssl_config* settings_ = nullptr;
};

}  // namespace musubi::mbedtls
