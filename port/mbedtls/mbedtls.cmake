# Builds the parts of Mbed TLS 2.28 that port/mbedtls needs from their sources, with library/mbedtls_config.h.
#
#   musubi_add_mbedtls(<target> <mbedtls>)    a static library of the sources in <mbedtls>
#
# The sizes of a connection's two buffers are limits, with their relations in musubi/mbedtls/sizes.hpp:

include_guard(GLOBAL)

set(MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES 4096 CACHE STRING
  "TLS of a board: content of the largest record that a client may send, from 2048 to 16384")
set(MUSUBI_MBEDTLS_SENT_RECORD_BYTES 2048 CACHE STRING
  "TLS of a board: content of the largest record that it sends, from 1024 to 16384")
set(_musubi_mbedtls_config "${CMAKE_CURRENT_LIST_DIR}/library")

function(musubi_add_mbedtls target mbedtls)
  set(files aes.c asn1parse.c asn1write.c bignum.c cipher.c cipher_wrap.c constant_time.c ecdh.c ecdsa.c ecp.c
    ecp_curves.c gcm.c hmac_drbg.c md.c oid.c pk.c pk_wrap.c pkparse.c platform.c platform_util.c sha256.c
    ssl_ciphersuites.c ssl_msg.c ssl_srv.c ssl_tls.c x509.c x509_crt.c)
  list(TRANSFORM files PREPEND "${mbedtls}/library/")
  add_library(${target} STATIC ${files})
  target_include_directories(${target} SYSTEM PUBLIC "${mbedtls}/include" "${_musubi_mbedtls_config}")
  target_compile_definitions(${target}
    PUBLIC MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES=${MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES}
      MUSUBI_MBEDTLS_SENT_RECORD_BYTES=${MUSUBI_MBEDTLS_SENT_RECORD_BYTES}
    PRIVATE "MBEDTLS_CONFIG_FILE=\"mbedtls_config.h\"")
  # hidden: a program may also have the system's libmbedcrypto, which is configured otherwise
  set_target_properties(${target} PROPERTIES C_STANDARD 99 C_VISIBILITY_PRESET hidden)
  target_compile_options(${target} PRIVATE -w)
endfunction()
