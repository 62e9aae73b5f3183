# The libraries that Musubi depends on, each as a target musubi::deps_<name>.
#
# Uses the first of these that exists: a target of that name defined by the surrounding project, as on bare
# metal; the library installed on the target system, with MUSUBI_STATIC only a static one; its sources
# (musubi_sources.cmake). docs/dependencies.md says why each is needed.

include_guard(GLOBAL)
include("${CMAKE_CURRENT_LIST_DIR}/musubi_sources.cmake")

# Defines musubi::deps_<name> from an installed header and library; <library> may be NONE.
function(_musubi_system_dependency name header library)
  if(TARGET musubi::deps_${name})
    return()
  endif()
  find_path(MUSUBI_${name}_INCLUDE_DIR "${header}")
  mark_as_advanced(MUSUBI_${name}_INCLUDE_DIR)
  if(NOT MUSUBI_${name}_INCLUDE_DIR)
    return()
  endif()
  set(found "MUSUBI_${name}_LIBRARY")
  if(MUSUBI_STATIC)
    set(CMAKE_FIND_LIBRARY_SUFFIXES "${CMAKE_STATIC_LIBRARY_SUFFIX}")
    set(found "MUSUBI_${name}_STATIC_LIBRARY")
  endif()
  if(NOT library STREQUAL "NONE")
    find_library(${found} "${library}")
    mark_as_advanced(${found})
    if(NOT ${found})
      return()
    endif()
  endif()
  add_library(musubi::deps_${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(musubi::deps_${name} INTERFACE "${MUSUBI_${name}_INCLUDE_DIR}")
  if(NOT library STREQUAL "NONE")
    target_link_libraries(musubi::deps_${name} INTERFACE "${${found}}")
  endif()
endfunction()

# Defines musubi::deps_<name>, built from C sources.
function(_musubi_build_dependency name include_dir)
  add_library(musubi_deps_${name} STATIC ${ARGN})
  target_include_directories(musubi_deps_${name} SYSTEM PUBLIC "${include_dir}")
  set_target_properties(musubi_deps_${name} PROPERTIES C_STANDARD 99)
  add_library(musubi::deps_${name} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(musubi::deps_${name} INTERFACE musubi_deps_${name})
endfunction()

# Sockets and timers of gateways.
function(musubi_find_asio)
  _musubi_system_dependency(asio asio.hpp NONE)
  if(NOT TARGET musubi::deps_asio AND CMAKE_CROSSCOMPILING)
    # Asio consists of headers, which are the same for every target. Use those of the build machine, but
    # through links, so that no other header of their folder is found.
    find_path(MUSUBI_asio_HOST_INCLUDE_DIR asio.hpp NO_CMAKE_FIND_ROOT_PATH)
    mark_as_advanced(MUSUBI_asio_HOST_INCLUDE_DIR)
    if(MUSUBI_asio_HOST_INCLUDE_DIR)
      set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/asio")
      file(MAKE_DIRECTORY "${include_dir}")
      foreach(part IN ITEMS asio asio.hpp)
        file(CREATE_LINK "${MUSUBI_asio_HOST_INCLUDE_DIR}/${part}" "${include_dir}/${part}" SYMBOLIC)
      endforeach()
      add_library(musubi::deps_asio INTERFACE IMPORTED GLOBAL)
      target_include_directories(musubi::deps_asio INTERFACE "${include_dir}")
    endif()
  endif()
  if(NOT TARGET musubi::deps_asio)
    musubi_sources(asio folder)
    if(IS_DIRECTORY "${folder}/asio") # in its repository, but not in its releases
      string(APPEND folder "/asio")
    endif()
    add_library(musubi::deps_asio INTERFACE IMPORTED GLOBAL)
    target_include_directories(musubi::deps_asio INTERFACE "${folder}/include")
  endif()
  if(NOT TARGET Threads::Threads)
    find_package(Threads REQUIRED)
    set_target_properties(Threads::Threads PROPERTIES IMPORTED_GLOBAL TRUE)
  endif()
  target_compile_definitions(musubi::deps_asio INTERFACE ASIO_STANDALONE)
  target_link_libraries(musubi::deps_asio INTERFACE Threads::Threads)
endfunction()

# JSON values without a declared type.
function(musubi_find_cjson)
  _musubi_system_dependency(cjson cjson/cJSON.h cjson)
  if(NOT TARGET musubi::deps_cjson)
    musubi_sources(cjson folder)
    set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/cjson")
    configure_file("${folder}/cJSON.h" "${include_dir}/cjson/cJSON.h" COPYONLY)
    _musubi_build_dependency(cjson "${include_dir}" "${folder}/cJSON.c")
  endif()
endfunction()

# SHA-1 and base64 for the WebSocket handshake, SHA-256 for signed cookies and uploads, ECDSA for firmware updates.
function(musubi_find_mbedcrypto)
  _musubi_system_dependency(mbedcrypto mbedtls/sha1.h mbedcrypto)
  if(NOT TARGET musubi::deps_mbedcrypto)
    musubi_sources(mbedtls folder)
    set(sources base64.c constant_time.c platform_util.c sha1.c sha256.c
      asn1parse.c asn1write.c bignum.c ecdsa.c ecp.c ecp_curves.c)
    list(TRANSFORM sources PREPEND "${folder}/library/")
    _musubi_build_dependency(mbedcrypto "${folder}/include" ${sources})
    set(config "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/mbedcrypto/config.h")
    file(CONFIGURE OUTPUT "${config}" CONTENT
      "#define MBEDTLS_BASE64_C\n#define MBEDTLS_SHA1_C\n#define MBEDTLS_SHA256_C\n\
#define MBEDTLS_ASN1_PARSE_C\n#define MBEDTLS_ASN1_WRITE_C\n#define MBEDTLS_BIGNUM_C\n#define MBEDTLS_ECDSA_C\n\
#define MBEDTLS_ECP_C\n#define MBEDTLS_ECP_DP_SECP256R1_ENABLED\n#define MBEDTLS_ECP_NO_INTERNAL_RNG\n")
    target_compile_definitions(musubi_deps_mbedcrypto PUBLIC "MBEDTLS_CONFIG_FILE=\"${config}\"")
  endif()
endfunction()

# WebSocket frames.
function(musubi_find_wslay)
  _musubi_system_dependency(wslay wslay/wslay.h wslay)
  if(NOT TARGET musubi::deps_wslay)
    musubi_sources(wslay folder)
    set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/wslay")
    set(PACKAGE_VERSION 1.1.1)
    configure_file("${folder}/lib/includes/wslay/wslayver.h.in"
      "${include_dir}/wslay/wslayver.h" @ONLY)
    configure_file("${folder}/lib/includes/wslay/wslay.h"
      "${include_dir}/wslay/wslay.h" COPYONLY)
    file(GLOB sources "${folder}/lib/*.c")
    _musubi_build_dependency(wslay "${include_dir}" ${sources})
    include(TestBigEndian)
    test_big_endian(big_endian)
    target_compile_definitions(musubi_deps_wslay PRIVATE
      $<IF:$<BOOL:${WIN32}>,HAVE_WINSOCK2_H,HAVE_ARPA_INET_H;HAVE_NETINET_IN_H>
      $<$<BOOL:${big_endian}>:WORDS_BIGENDIAN>)
  endif()
endfunction()

# TLS of gateways. Never downloaded: only a distribution's OpenSSL is kept patched.
function(musubi_find_openssl)
  _musubi_system_dependency(crypto openssl/crypto.h crypto)
  _musubi_system_dependency(openssl openssl/ssl.h ssl)
  if(NOT TARGET musubi::deps_crypto OR NOT TARGET musubi::deps_openssl)
    message(FATAL_ERROR "Musubi: TLS needs OpenSSL 3 (Debian: libssl-dev); -DMUSUBI_TLS=OFF does without")
  endif()
  get_target_property(library musubi::deps_openssl INTERFACE_LINK_LIBRARIES)
  if(NOT "${library}" MATCHES "deps_crypto")
    target_link_libraries(musubi::deps_openssl INTERFACE musubi::deps_crypto)
  endif()
endfunction()

# Hashes of passwords. Never downloaded: a distribution's C library comes with it. Not every system for
# which one can compile has it; then no target is defined.
function(musubi_find_crypt)
  _musubi_system_dependency(crypt crypt.h crypt)
endfunction()

# Links to MQTT brokers. Never downloaded: it speaks TLS, which only a distribution keeps patched.
function(musubi_find_mosquitto)
  _musubi_system_dependency(mosquitto mosquitto.h mosquitto)
  if(NOT TARGET musubi::deps_mosquitto)
    message(FATAL_ERROR "Musubi: MQTT needs libmosquitto (Debian: libmosquitto-dev); -DMUSUBI_MQTT=OFF does without")
  endif()
endfunction()

# Announcements by mDNS. Never downloaded: it is of use only together with the system's Avahi.
function(musubi_find_avahi)
  _musubi_system_dependency(avahi_common avahi-common/simple-watch.h avahi-common)
  _musubi_system_dependency(avahi avahi-client/client.h avahi-client)
  if(NOT TARGET musubi::deps_avahi_common OR NOT TARGET musubi::deps_avahi)
    message(FATAL_ERROR "Musubi: mDNS needs Avahi's client library (Debian: libavahi-client-dev); -DMUSUBI_AVAHI=OFF does without")
  endif()
  get_target_property(library musubi::deps_avahi INTERFACE_LINK_LIBRARIES)
  if(NOT "${library}" MATCHES "deps_avahi_common")
    target_link_libraries(musubi::deps_avahi INTERFACE musubi::deps_avahi_common)
  endif()
endfunction()

# QR codes.
function(musubi_find_qrencode)
  _musubi_system_dependency(qrencode qrencode.h qrencode)
  if(NOT TARGET musubi::deps_qrencode)
    message(FATAL_ERROR "Musubi: QR codes need libqrencode (Debian: libqrencode-dev); -DMUSUBI_QRENCODE=OFF does without")
  endif()
endfunction()

# musubi_choose_library(<NAME> <name> <header> <library> [<system>])
#
# Sets MUSUBI_HAS_<NAME> in the caller's scope, from MUSUBI_<NAME>; AUTO: whether the library is installed, on an
# operating system, or on that one. A static program has it only if asked: it would not get the distribution's
# patches.
function(musubi_choose_library NAME name header library)
  set(chosen ${MUSUBI_${NAME}})
  if(chosen STREQUAL "AUTO")
    find_path(MUSUBI_${name}_INCLUDE_DIR "${header}")
    find_library(MUSUBI_${name}_LIBRARY "${library}")
    mark_as_advanced(MUSUBI_${name}_INCLUDE_DIR MUSUBI_${name}_LIBRARY)
    set(system "${ARGN}")
    set(chosen OFF)
    if(MUSUBI_${name}_INCLUDE_DIR AND MUSUBI_${name}_LIBRARY AND NOT MUSUBI_STATIC AND MUSUBI_OPERATING_SYSTEM
        AND (system STREQUAL "" OR system STREQUAL CMAKE_SYSTEM_NAME))
      set(chosen ON)
    endif()
  endif()
  set(MUSUBI_HAS_${NAME} ${chosen} PARENT_SCOPE)
endfunction()

# musubi_find(<name>...): finds these libraries, and records them for the installed package.
function(musubi_find)
  foreach(name IN LISTS ARGN)
    cmake_language(CALL musubi_find_${name})
    set_property(GLOBAL APPEND PROPERTY MUSUBI_DEPENDENCIES ${name})
  endforeach()
endfunction()
