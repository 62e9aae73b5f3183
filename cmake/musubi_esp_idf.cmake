# ESP-IDF's component, which the root's CMakeLists.txt includes: port/posix on the sockets of ESP-IDF's lwIP, in
# any task, with SHA-1 and SHA-256 from its Mbed TLS. docs/porting.md says what was tried.

idf_component_register(REQUIRES lwip mbedtls)
if(CMAKE_BUILD_EARLY_EXPANSION)
  return()
endif()

set(MUSUBI_OPERATING_SYSTEM OFF)
set(MUSUBI_POSIX_LWIP ON)
set(MUSUBI_SINGLE_THREADED OFF) # other tasks set values and post messages
add_library(musubi::deps_lwip INTERFACE IMPORTED GLOBAL)
target_link_libraries(musubi::deps_lwip INTERFACE idf::lwip)
add_library(musubi::deps_mbedcrypto INTERFACE IMPORTED GLOBAL)
target_link_libraries(musubi::deps_mbedcrypto INTERFACE idf::mbedtls)
include("${CMAKE_CURRENT_LIST_DIR}/musubi_in_sdk.cmake")
target_link_libraries(musubi_deps_wslay PRIVATE idf::lwip) # has <arpa/inet.h>
target_link_libraries(${COMPONENT_LIB} INTERFACE musubi::posix)
