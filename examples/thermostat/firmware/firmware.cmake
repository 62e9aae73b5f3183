# The thermostat's firmware, for the board whose CMakeLists.txt includes this file. The folder board/ beside
# that CMakeLists.txt contains the hardware. Like real firmware, each board is a project of its own; without a
# bare-metal toolchain there is nothing to build.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Generic")
  return()
endif()

set(BOARD_CONNECTIONS 4 CACHE STRING "browsers at once")
option(BOARD_MQTT "firmware_mqtt, which shares its readings over a broker, in place of firmware" OFF)
option(BOARD_DHCP "Ask the network for an address, by DHCP" OFF)
option(BOARD_MDNS "Announce the board by mDNS: docs/guides/found-on-the-network.md" OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(shared "${CMAKE_CURRENT_LIST_DIR}")
cmake_path(SET musubi NORMALIZE "${shared}/../../..")
include("${musubi}/port/board/board.cmake")
if(NOT DEFINED board)
  set(board "${CMAKE_CURRENT_SOURCE_DIR}/board")
endif()
set(features UPDATES) # linked only by programs that update themselves
if(BOARD_HAS_TLS)
  list(APPEND features TLS)
endif()
set(firmware firmware)
set(main "${shared}/main.cpp")
set(links "")
set(stack "")
if(BOARD_STACK)
  set(stack STACK ${BOARD_STACK})
endif()
set(macros BOARD_CONNECTIONS=${BOARD_CONNECTIONS})
if(BOARD_MQTT)
  set(firmware firmware_mqtt)
  list(APPEND main "${shared}/broker.cpp")
  list(APPEND links musubi::lwip_mqtt)
  list(APPEND macros BOARD_MQTT) # lwIP's sizes differ
  set(stack STACK 2560)          # a message is decoded below lwIP's own frames
endif()
if(BOARD_DHCP)
  list(APPEND macros LWIP_DHCP=1)
endif()
if(BOARD_MDNS)
  list(APPEND macros BOARD_MDNS)
  set(stack STACK 3K) # lwIP's responder has names of 256 bytes on the stack
endif()
musubi_add_board("${board}" ${features} DEFINITIONS ${macros})

musubi_add_firmware(${firmware} SOURCES ${main} LINK ${links} ${stack})
musubi_add_assets(${firmware} VARIABLE web DIRECTORY "${shared}/../web/dist")

# The same firmware with the metrics of every pool on the serial port, to determine sizes, and for the tests.
musubi_add_firmware(${firmware}_metrics SOURCES ${main} LINK ${links} musubi::board_metrics ${stack})
target_compile_definitions(${firmware}_metrics PRIVATE BOARD_METRICS)
musubi_add_assets(${firmware}_metrics VARIABLE web DIRECTORY "${shared}/../web/dist")
set_target_properties(${firmware}_metrics PROPERTIES EXCLUDE_FROM_ALL ON)

# The same two over https and wss, where the board has room for it.
if(BOARD_HAS_TLS)
  include("${musubi}/port/board/certificate/certificate.cmake")
  foreach(name IN ITEMS firmware_tls firmware_tls_metrics)
    musubi_add_firmware(${name} SOURCES "${shared}/main.cpp" LINK musubi::mbedtls STACK 4K)
    target_compile_definitions(${name} PRIVATE BOARD_TLS)
    musubi_add_assets(${name} VARIABLE web DIRECTORY "${shared}/../web/dist")
    board_certificate(${name})
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endforeach()
  target_link_libraries(firmware_tls_metrics PRIVATE musubi::board_metrics)
  target_compile_definitions(firmware_tls_metrics PRIVATE BOARD_METRICS)
endif()

# Probes of the cost of one more root, field or feature: tests/size/probe.hpp.
file(GLOB probes CONFIGURE_DEPENDS "${musubi}/tests/size/*.cpp")
add_custom_target(size_probes)
foreach(probe IN LISTS probes)
  cmake_path(GET probe STEM name)
  musubi_add_firmware(size_${name} SOURCES "${probe}")
  target_include_directories(size_${name} PRIVATE "${shared}")
  set_target_properties(size_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  add_dependencies(size_probes size_${name})
endforeach()
target_link_libraries(size_update PRIVATE musubi::update)
musubi_add_inspector(size_inspector VARIABLE inspector SOCKET "probe::socket<probe::counter<probe::number_only>>"
  FROM "${musubi}/tests/size/probe.hpp")
