/* The configuration of Mbed TLS 2.28 for a board: a server of TLS 1.2 with one modern cipher suite,
   ECDHE-ECDSA on P-256 with AES-128-GCM, which every browser has. */
#ifndef MUSUBI_MBEDTLS_CONFIG_H
#define MUSUBI_MBEDTLS_CONFIG_H

#include <stddef.h>

/* TLS */
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_SRV_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_ALPN
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#define MBEDTLS_SSL_CIPHERSUITES MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
#define MBEDTLS_SSL_IN_CONTENT_LEN MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES
#define MBEDTLS_SSL_OUT_CONTENT_LEN MUSUBI_MBEDTLS_SENT_RECORD_BYTES

/* cryptography */
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
/* no random number per signature: a guessable one would give the key away */
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0
#define MBEDTLS_GCM_C
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA256_SMALLER

/* certificate and key, in DER */
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_OID_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_REMOVE_INFO
#define MBEDTLS_X509_USE_C

/* memory, by musubi/mbedtls/memory.cpp */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO musubi_mbedtls_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO musubi_mbedtls_free
#ifdef __cplusplus
extern "C" {
#endif
void* musubi_mbedtls_calloc(size_t count, size_t bytes);
void musubi_mbedtls_free(void* memory);
#ifdef __cplusplus
}
#endif

#include <mbedtls/check_config.h>

#endif
