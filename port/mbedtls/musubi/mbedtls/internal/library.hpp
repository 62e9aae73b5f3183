#pragma once
/// Mbed TLS, as it is configured for this room. The core may use another copy of it, or the
/// system's, for its hashes.

#undef MBEDTLS_CONFIG_FILE
#define MBEDTLS_CONFIG_FILE "mbedtls_config.h"

#include <mbedtls/hmac_drbg.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_internal.h>
#include <mbedtls/x509_crt.h>
