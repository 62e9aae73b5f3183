# The libraries that Musubi stands on, each as one target, musubi::deps_<name>.
#
# In this order: a target of that name that the surrounding project has defined (how bare metal
# brings its own build), the system's library, the pinned release downloaded with FetchContent.
# docs/dependencies.md says why each is here.

include_guard(GLOBAL)
include(FetchContent)

# musubi::deps_<name> from a header and a library that the system has; <library> may be NONE.
function(_musubi_system_dependency name header library)
  if(TARGET musubi::deps_${name})
    return()
  endif()
  find_path(MUSUBI_${name}_INCLUDE_DIR "${header}")
  mark_as_advanced(MUSUBI_${name}_INCLUDE_DIR)
  if(NOT MUSUBI_${name}_INCLUDE_DIR)
    return()
  endif()
  if(NOT library STREQUAL "NONE")
    find_library(MUSUBI_${name}_LIBRARY "${library}")
    mark_as_advanced(MUSUBI_${name}_LIBRARY)
    if(NOT MUSUBI_${name}_LIBRARY)
      return()
    endif()
  endif()
  add_library(musubi::deps_${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(musubi::deps_${name} INTERFACE "${MUSUBI_${name}_INCLUDE_DIR}")
  if(NOT library STREQUAL "NONE")
    target_link_libraries(musubi::deps_${name} INTERFACE "${MUSUBI_${name}_LIBRARY}")
  endif()
endfunction()

# Downloads the pinned commit of a dependency; <name>_SOURCE_DIR is then its folder. Its own build
# files are left alone: a few sources need no second build system.
macro(_musubi_fetch name repository commit package)
  if(NOT MUSUBI_FETCH_DEPENDENCIES)
    message(FATAL_ERROR
      "Musubi needs ${name}. Install it (Debian: ${package}) or allow MUSUBI_FETCH_DEPENDENCIES.")
  endif()
  message(STATUS "Musubi: ${name} is not on this machine (Debian: ${package}); downloading it")
  FetchContent_Declare(musubi_${name}
    GIT_REPOSITORY "${repository}" GIT_TAG ${commit} SOURCE_SUBDIR no-build-files-are-used)
  FetchContent_MakeAvailable(musubi_${name})
  set(${name}_SOURCE_DIR "${musubi_${name}_SOURCE_DIR}")
endmacro()

# musubi::deps_<name> built from downloaded C sources.
function(_musubi_build_dependency name include_dir)
  add_library(musubi_deps_${name} STATIC ${ARGN})
  target_include_directories(musubi_deps_${name} SYSTEM PUBLIC "${include_dir}")
  set_target_properties(musubi_deps_${name} PROPERTIES C_STANDARD 99)
  add_library(musubi::deps_${name} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(musubi::deps_${name} INTERFACE musubi_deps_${name})
endfunction()

# Sockets and timers of a gateway.
function(musubi_find_asio)
  _musubi_system_dependency(asio asio.hpp NONE)
  if(NOT TARGET musubi::deps_asio)
    # asio-1-30-2
    _musubi_fetch(asio https://github.com/chriskohlhoff/asio.git
      12e0ce9e0500bf0f247dbd1ae894272656456079 libasio-dev)
    add_library(musubi::deps_asio INTERFACE IMPORTED GLOBAL)
    target_include_directories(musubi::deps_asio INTERFACE "${asio_SOURCE_DIR}/asio/include")
  endif()
  if(NOT TARGET Threads::Threads)
    find_package(Threads REQUIRED)
    set_target_properties(Threads::Threads PROPERTIES IMPORTED_GLOBAL TRUE)
  endif()
  target_compile_definitions(musubi::deps_asio INTERFACE ASIO_STANDALONE)
  target_link_libraries(musubi::deps_asio INTERFACE Threads::Threads)
endfunction()

# Inbound JSON.
function(musubi_find_cjson)
  _musubi_system_dependency(cjson cjson/cJSON.h cjson)
  if(NOT TARGET musubi::deps_cjson)
    # v1.7.18
    _musubi_fetch(cjson https://github.com/DaveGamble/cJSON.git
      acc76239bee01d8e9c858ae2cab296704e52d916 libcjson-dev)
    set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/cjson")
    configure_file("${cjson_SOURCE_DIR}/cJSON.h" "${include_dir}/cjson/cJSON.h" COPYONLY)
    _musubi_build_dependency(cjson "${include_dir}" "${cjson_SOURCE_DIR}/cJSON.c")
  endif()
endfunction()

# SHA-1 and base64 of the WebSocket handshake.
function(musubi_find_mbedcrypto)
  _musubi_system_dependency(mbedcrypto mbedtls/sha1.h mbedcrypto)
  if(NOT TARGET musubi::deps_mbedcrypto)
    # v2.28.10
    _musubi_fetch(mbedcrypto https://github.com/Mbed-TLS/mbedtls.git
      2fc8413bfcb51354c8e679141b17b3f1a5942561 libmbedtls-dev)
    set(sources base64.c constant_time.c platform_util.c sha1.c)
    list(TRANSFORM sources PREPEND "${mbedcrypto_SOURCE_DIR}/library/")
    _musubi_build_dependency(mbedcrypto "${mbedcrypto_SOURCE_DIR}/include" ${sources})
    set(config "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/mbedcrypto/config.h")
    file(CONFIGURE OUTPUT "${config}" CONTENT "#define MBEDTLS_BASE64_C\n#define MBEDTLS_SHA1_C\n")
    target_compile_definitions(musubi_deps_mbedcrypto PUBLIC "MBEDTLS_CONFIG_FILE=\"${config}\"")
  endif()
endfunction()

# WebSocket frames.
function(musubi_find_wslay)
  _musubi_system_dependency(wslay wslay/wslay.h wslay)
  if(NOT TARGET musubi::deps_wslay)
    # release-1.1.1
    _musubi_fetch(wslay https://github.com/tatsuhiro-t/wslay.git
      c9a84aa6df8512584c77c8cd15be9536b89c35aa libwslay-dev)
    set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_deps/wslay")
    set(PACKAGE_VERSION 1.1.1)
    configure_file("${wslay_SOURCE_DIR}/lib/includes/wslay/wslayver.h.in"
      "${include_dir}/wslay/wslayver.h" @ONLY)
    configure_file("${wslay_SOURCE_DIR}/lib/includes/wslay/wslay.h"
      "${include_dir}/wslay/wslay.h" COPYONLY)
    file(GLOB sources "${wslay_SOURCE_DIR}/lib/*.c")
    _musubi_build_dependency(wslay "${include_dir}" ${sources})
    include(TestBigEndian)
    test_big_endian(big_endian)
    target_compile_definitions(musubi_deps_wslay PRIVATE
      $<IF:$<BOOL:${WIN32}>,HAVE_WINSOCK2_H,HAVE_ARPA_INET_H;HAVE_NETINET_IN_H>
      $<$<BOOL:${big_endian}>:WORDS_BIGENDIAN>)
  endif()
endfunction()

# musubi_find(<name>...): the above, by name; an installed package asks for the same again.
function(musubi_find)
  foreach(name IN LISTS ARGN)
    cmake_language(CALL musubi_find_${name})
    set_property(GLOBAL APPEND PROPERTY MUSUBI_DEPENDENCIES ${name})
  endforeach()
endfunction()
