# What the target system offers, as options: their defaults look at CMAKE_SYSTEM_NAME, which the SDKs of
# boards set to Generic or to a name of their own. docs/porting.md describes each.

include_guard(GLOBAL)

set(_musubi_is_system ON) # files, threads, signals: what gateways run on
if(NOT CMAKE_SYSTEM_NAME MATCHES "^(Linux|Darwin|.*BSD)$")
  set(_musubi_is_system OFF)
endif()
set(_musubi_is_small ON)
if(_musubi_is_system)
  set(_musubi_is_small OFF)
endif()

option(MUSUBI_OPERATING_SYSTEM "The target has files, threads and signals: build what gateways use" ${_musubi_is_system})
option(MUSUBI_POSIX_LWIP "port/posix calls lwIP's socket layer by its own names (lwip_socket, ...)" OFF)
option(MUSUBI_SINGLE_THREADED "One thread and its interrupts: no thread_local" ${_musubi_is_small})
option(MUSUBI_SMALL_NUMBERS "Print numbers without std::to_chars" ${_musubi_is_small})
option(MUSUBI_SMALL_CODE "Leave out fast paths, to save flash" ${_musubi_is_small})
# What a board can leave out where its flash is short: left_out.hpp, and docs/size.md for the prices.
option(MUSUBI_WITHOUT_BINARY "Read no binary messages, in which files arrive" OFF)
option(MUSUBI_WITHOUT_NEGOTIATION "Always send files compressed, ignoring Accept-Encoding and If-None-Match" OFF)
option(MUSUBI_WITHOUT_PHRASES "Write no phrases behind the status of HTTP responses" OFF)
option(MUSUBI_WITHOUT_REASONS "Write no sentences that say why a request is refused or a WebSocket closed" OFF)
option(MUSUBI_WITHOUT_SKIPPING "End the connection of a message that is too long" OFF)
option(MUSUBI_WITHOUT_STOP "Leave out the graceful shutdown of a host" OFF)
option(MUSUBI_TELEMETRY "Let an application listen to what its pages do" ${_musubi_is_system})

# Sockets: an operating system's, lwIP's, or those of an RTOS, which says that it has them.
set(_musubi_has_sockets OFF)
if(MUSUBI_OPERATING_SYSTEM OR MUSUBI_POSIX_LWIP)
  set(_musubi_has_sockets ON)
endif()
option(MUSUBI_POSIX "Build port/posix: BSD sockets and poll" ${_musubi_has_sockets})

if(MUSUBI_WITHOUT_STOP AND MUSUBI_OPERATING_SYSTEM)
  message(FATAL_ERROR "MUSUBI_WITHOUT_STOP is for boards: a program of an operating system stops its host")
endif()

# port/lwip gives peer addresses no shares; the other ports do.
include(CMakeDependentOption)
cmake_dependent_option(MUSUBI_WITHOUT_PEERS "Track no peer addresses" ON
  "NOT MUSUBI_POSIX;NOT MUSUBI_OPERATING_SYSTEM" OFF)

# Firmware updates verify signatures: gateways have ECDSA, boards if they have called musubi_bare_metal_ecdsa.
set(_musubi_has_ecdsa ${MUSUBI_OPERATING_SYSTEM})
if(TARGET musubi::deps_ecdsa)
  set(_musubi_has_ecdsa ON)
endif()
option(MUSUBI_UPDATE "Build port/update: firmware updates" ${_musubi_has_ecdsa})
