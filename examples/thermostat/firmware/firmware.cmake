# The thermostat's firmware, for the board whose CMakeLists.txt includes this file. The folder board/ beside
# that CMakeLists.txt contains the hardware (hardware.hpp), linker.ld and lwipopts.h. Like real firmware,
# each board is a project of its own; without a bare-metal toolchain there is nothing to build.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Generic")
  return()
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE MinSizeRel CACHE STRING "" FORCE)
endif()
set(BOARD_CONNECTIONS 4 CACHE STRING "browsers at once")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_options(-g) # for the size report; costs no flash
option(BOARD_LTO "Optimise the firmware as a whole: an eighth less flash" ON)
if(BOARD_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

set(shared "${CMAKE_CURRENT_LIST_DIR}")
if(NOT DEFINED board)
  set(board "${CMAKE_CURRENT_SOURCE_DIR}/board")
endif()
set(board_linker "${board}/linker.ld")
cmake_path(SET musubi NORMALIZE "${shared}/../../..")
include("${musubi}/cmake/musubi_ccache.cmake")
include("${musubi}/toolchains/bare_metal/dependencies.cmake")
musubi_bare_metal_lwip("${board}" "${shared}/lwip")
musubi_bare_metal_ecdsa() # linked only by programs that update themselves
target_compile_definitions(deps_lwip PUBLIC BOARD_CONNECTIONS=${BOARD_CONNECTIONS})
if(BOARD_HAS_TLS)
  musubi_bare_metal_mbedtls()
endif()
option(BOARD_MQTT "firmware_mqtt, which shares its readings over a broker, in place of firmware" OFF)
if(BOARD_MQTT) # lwIP's sizes differ
  target_compile_definitions(deps_lwip PUBLIC BOARD_MQTT)
endif()
option(BOARD_MDNS "Announce the board by mDNS: docs/guides/found-on-the-network.md" OFF)
if(BOARD_MDNS)
  target_compile_definitions(deps_lwip PUBLIC BOARD_MDNS)
  add_link_options(LINKER:--defsym=STACK_SIZE=3K) # lwIP's responder has names of 256 bytes on the stack
endif()
add_subdirectory("${musubi}" musubi)

# The sources of every program for the board.
if(NOT BOARD_CORE)
  set(BOARD_CORE cortex_m)
endif()
file(GLOB board_sources CONFIGURE_DEPENDS "${shared}/*.cpp" "${shared}/${BOARD_CORE}/*.cpp" "${board}/*.cpp")
list(REMOVE_ITEM board_sources "${shared}/main.cpp" "${shared}/metrics.cpp" "${shared}/broker.cpp")
add_library(board_code OBJECT ${board_sources})
target_include_directories(board_code PUBLIC "${shared}" "${shared}/${BOARD_CORE}")
target_link_libraries(board_code PUBLIC musubi::lwip)
musubi_target_warnings(board_code)

# board_program(<name> <source>...)
function(board_program name)
  musubi_add_program(${name} SOURCES ${ARGN} LINK board_code)
  target_link_options(${name} PRIVATE "-T${board_linker}" "-L${shared}" -flto-partition=one
    -fstack-usage "-Wl,-Map=$<TARGET_FILE_DIR:${name}>/${name}.map" -Wl,--print-memory-usage)
  set_target_properties(${name} PROPERTIES
    SUFFIX .elf LINK_DEPENDS "${board_linker};${shared}/sections.ld")
endfunction()

set(firmware firmware)
set(main "${shared}/main.cpp")
if(BOARD_MQTT)
  set(firmware firmware_mqtt)
  list(APPEND main "${shared}/broker.cpp")
  add_link_options(-Wl,--defsym=STACK_SIZE=2560) # a message is decoded below lwIP's own frames
  target_link_libraries(board_code PUBLIC musubi::lwip_mqtt)
endif()
board_program(${firmware} ${main})
musubi_add_assets(${firmware} VARIABLE web DIRECTORY "${shared}/../web/dist")

# The same firmware with the metrics of every pool on the serial port, to determine sizes, and for the tests.
board_program(${firmware}_metrics ${main} "${shared}/metrics.cpp")
target_compile_definitions(${firmware}_metrics PRIVATE BOARD_METRICS)
musubi_add_assets(${firmware}_metrics VARIABLE web DIRECTORY "${shared}/../web/dist")
set_target_properties(${firmware}_metrics PROPERTIES EXCLUDE_FROM_ALL ON)

# The same two over https and wss, where the board has room for it.
if(BOARD_HAS_TLS)
  include("${shared}/tls/certificate.cmake")
  foreach(name IN ITEMS firmware_tls firmware_tls_metrics)
    board_program(${name} "${shared}/main.cpp")
    target_compile_definitions(${name} PRIVATE BOARD_TLS)
    target_link_libraries(${name} PRIVATE musubi::mbedtls)
    target_link_options(${name} PRIVATE -Wl,--defsym=STACK_SIZE=4K)
    musubi_add_assets(${name} VARIABLE web DIRECTORY "${shared}/../web/dist")
    board_certificate(${name})
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endforeach()
  target_sources(firmware_tls_metrics PRIVATE "${shared}/metrics.cpp")
  target_compile_definitions(firmware_tls_metrics PRIVATE BOARD_METRICS)
endif()

# Probes of the cost of one more root, field or feature: tests/size/probe.hpp.
file(GLOB probes CONFIGURE_DEPENDS "${musubi}/tests/size/*.cpp")
add_custom_target(size_probes)
foreach(probe IN LISTS probes)
  cmake_path(GET probe STEM name)
  board_program(size_${name} "${probe}")
  set_target_properties(size_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  add_dependencies(size_probes size_${name})
endforeach()
target_link_libraries(size_update PRIVATE musubi::update)
musubi_add_inspector(size_inspector VARIABLE inspector SOCKET "probe::socket<probe::counter<probe::number_only>>"
  FROM "${musubi}/tests/size/probe.hpp")
