# Compiles the C libraries that Musubi depends on from source, for a target without an operating system
# and without a heap. Include it before add_subdirectory(<musubi>): it defines the targets
# musubi::deps_<name>, which Musubi then uses.
#
# The sources come from MUSUBI_SOURCES, which scripts/fetch-sources fills, or are downloaded with
# FetchContent by their pinned commits (-DMUSUBI_FETCH_DEPENDENCIES=OFF forbids that).
#
#   musubi_bare_metal_lwip(<folder>...)    lwIP, with lwipopts.h and arch/cc.h from these folders
#   musubi_bare_metal_mbedtls()            Mbed TLS, for musubi::mbedtls; else only its hashes are there
#   musubi_bare_metal_ecdsa()              Mbed TLS's ECDSA, for musubi::update; after the former, if both

include_guard(GLOBAL)

option(MUSUBI_FETCH_DEPENDENCIES "Download dependencies that are not installed" ON)
include("${CMAKE_CURRENT_LIST_DIR}/../../cmake/musubi_sources.cmake")
set(_musubi_bare_metal_dir "${CMAKE_CURRENT_LIST_DIR}")

# Defines musubi::deps_<name>, built from C sources without warnings.
function(_musubi_bare_metal_library name include_dir)
  add_library(deps_${name} STATIC ${ARGN})
  add_library(musubi::deps_${name} ALIAS deps_${name})
  target_include_directories(deps_${name} SYSTEM PUBLIC "${include_dir}")
  set_target_properties(deps_${name} PROPERTIES C_STANDARD 99)
  target_compile_options(deps_${name} PRIVATE -w)
endfunction()

# --- cJSON: numbers are read by Musubi's own converter; memory comes from the application, if needed ---
set(_work "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps")
musubi_sources(cjson _sources)
configure_file("${_sources}/cJSON.h" "${_work}/cjson/cjson/cJSON.h" COPYONLY)
_musubi_bare_metal_library(cjson "${_work}/cjson" "${_sources}/cJSON.c")
target_compile_options(deps_cjson PRIVATE -include "${_musubi_bare_metal_dir}/cjson_without_libc.h")
target_link_libraries(deps_cjson INTERFACE musubi_core) # contains that converter

# --- wslay: only its frame reader, whose buffer of 4 KiB is reduced to 128 bytes, enough for a header ---
musubi_sources(wslay _wslay)
string(APPEND _wslay "/lib")
file(READ "${_wslay}/wslay_frame.h" _header)
string(REPLACE "ibuf[4096]" "ibuf[128]" _smaller "${_header}")
if(_smaller STREQUAL _header)
  message(FATAL_ERROR "Musubi: wslay_frame.h is not that of wslay 1.1.1")
endif()
file(CONFIGURE OUTPUT "${_work}/wslay/lib/wslay_frame.h" CONTENT "${_smaller}" @ONLY)
file(GLOB _files RELATIVE "${_wslay}" # only aria2's copy of wslay has a wslay_macro.h
  "${_wslay}/wslay_frame.c" "${_wslay}/wslay_net.?" "${_wslay}/wslay_macro.h")
foreach(_file IN LISTS _files)
  configure_file("${_wslay}/${_file}" "${_work}/wslay/lib/${_file}" COPYONLY)
endforeach()
configure_file("${_wslay}/includes/wslay/wslay.h" "${_work}/wslay/wslay/wslay.h" COPYONLY)
set(PACKAGE_VERSION 1.1.1)
configure_file("${_wslay}/includes/wslay/wslayver.h.in" "${_work}/wslay/wslay/wslayver.h" @ONLY)
_musubi_bare_metal_library(wslay "${_work}/wslay" "${_work}/wslay/lib/wslay_frame.c"
  "${_work}/wslay/lib/wslay_net.c" "${_musubi_bare_metal_dir}/wslay_memory.c")
target_include_directories(deps_wslay PRIVATE "${_work}/wslay/lib")
target_compile_options(deps_wslay PRIVATE
  -include "${_musubi_bare_metal_dir}/wslay_without_libc.h")

# --- Mbed TLS: SHA-1 for the handshake, SHA-256 for signed cookies and uploads ------------------------------
musubi_sources(mbedtls _sources)
set(_files platform_util.c sha1.c sha256.c)
list(TRANSFORM _files PREPEND "${_sources}/library/")
list(APPEND _files "${_musubi_bare_metal_dir}/sha1_small.c")
_musubi_bare_metal_library(mbedcrypto "${_sources}/include" ${_files})
file(CONFIGURE OUTPUT "${_work}/mbedcrypto/musubi_mbedtls_config.h"
  CONTENT "#define MBEDTLS_SHA1_C\n#define MBEDTLS_SHA1_PROCESS_ALT\n\
#define MBEDTLS_SHA256_C\n#define MBEDTLS_SHA256_SMALLER\n\
#if defined(MUSUBI_MBEDTLS_ECDSA)\n#include \"musubi_mbedtls_ecdsa.h\"\n#endif\n")
target_include_directories(deps_mbedcrypto SYSTEM PUBLIC "${_work}/mbedcrypto")
target_compile_definitions(deps_mbedcrypto PUBLIC
  "MBEDTLS_CONFIG_FILE=\"musubi_mbedtls_config.h\"")

# --- Mbed TLS's ECDSA, verification alone: the curve P-256, numbers in a region of musubi::update's ----------
function(musubi_bare_metal_ecdsa)
  if(TARGET deps_mbedtls) # has it: with another configuration in one program, either would call the other's functions
    add_library(deps_ecdsa INTERFACE)
    add_library(musubi::deps_ecdsa ALIAS deps_ecdsa)
    target_compile_definitions(deps_ecdsa INTERFACE MUSUBI_ECDSA_OF_TLS)
    target_link_libraries(deps_ecdsa INTERFACE musubi_mbedtls)
    return()
  endif()
  musubi_sources(mbedtls sources)
  set(files asn1parse.c asn1write.c bignum.c constant_time.c ecdsa.c ecp.c ecp_curves.c memory_buffer_alloc.c platform.c)
  list(TRANSFORM files PREPEND "${sources}/library/")
  _musubi_bare_metal_library(ecdsa "${sources}/include" ${files})
  target_include_directories(deps_ecdsa SYSTEM PUBLIC "${_musubi_bare_metal_dir}")
  target_compile_definitions(deps_ecdsa PUBLIC MUSUBI_MBEDTLS_ECDSA)
  target_link_libraries(deps_ecdsa PUBLIC deps_mbedcrypto)
endfunction()

# --- lwIP -------------------------------------------------------------------------------------------------
include("${CMAKE_CURRENT_LIST_DIR}/../../port/lwip/lwip.cmake")
function(musubi_bare_metal_lwip)
  musubi_sources(lwip src)
  musubi_add_lwip(deps_lwip "${src}" ${ARGN})
  add_library(musubi::deps_lwip ALIAS deps_lwip)
endfunction()

# --- Mbed TLS again, with TLS: another configuration of it, so a library of its own ------------------------
include("${CMAKE_CURRENT_LIST_DIR}/../../port/mbedtls/mbedtls.cmake")
function(musubi_bare_metal_mbedtls)
  musubi_sources(mbedtls folder)
  musubi_add_mbedtls(deps_mbedtls "${folder}")
  add_library(musubi::deps_mbedtls ALIAS deps_mbedtls)
endfunction()
