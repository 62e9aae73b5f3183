#pragma once

#include <musubi/net/tls/counters.hpp>

struct mbedtls_ssl_context;

namespace musubi::mbedtls {

/// Why Mbed TLS has returned this error for this connection.
[[nodiscard]] tls::failure failure_of(int error, const mbedtls_ssl_context& of) noexcept;

}  // namespace musubi::mbedtls
