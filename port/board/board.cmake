# Firmware for a board without an operating system: start-up, tick, network, serial port and watchdog, faults,
# above the hardware access that a board's folder has (docs/porting.md#a-board-without-an-operating-system).
# The project that includes this file is the firmware's, with a toolchain file such as those in toolchains/.
#
#   musubi_add_board(<folder> [TLS] [UPDATES] [DEFINITIONS <macro>...])
#
# Makes musubi::board of the folder with hardware.hpp's functions, part.hpp, linker.ld and lwipopts.h, which may
# include lwipopts_common.h. Adds Musubi and the C libraries that it needs: with TLS also musubi::mbedtls, with
# UPDATES also musubi::update. The macros are lwIP's, and of everything that uses it.
#
#   musubi_add_firmware(<target> SOURCES <file>... [LINK <library>...] [LINKER <script>] [STACK <bytes>])
#
# A program of them for the board, <target>.elf. LINKER is the board's linker.ld by default, or another one that
# includes sections.ld; the stack has 2K.

include_guard(GLOBAL)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE MinSizeRel CACHE STRING "" FORCE)
endif()
add_compile_options(-g) # for reports; costs no flash
option(MUSUBI_BOARD_WITHOUT_PING "Answer no pings: lwIP without ICMP" OFF)
option(MUSUBI_BOARD_WITHOUT_REPORT "Restart after a fault without a report on the serial port" OFF)
option(MUSUBI_BOARD_LTO "Optimise a firmware as a whole: an eighth less flash" ON)
if(MUSUBI_BOARD_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

set(MUSUBI_BOARD_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "the board kit")
cmake_path(SET _musubi NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../..")
include("${_musubi}/cmake/musubi_ccache.cmake")
include("${_musubi}/toolchains/bare_metal/dependencies.cmake")

function(musubi_add_board folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "TLS;UPDATES" "" "DEFINITIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "musubi_add_board(<folder> [TLS] [UPDATES] [DEFINITIONS <macro>...])")
  endif()
  cmake_path(ABSOLUTE_PATH folder NORMALIZE)
  musubi_bare_metal_lwip("${folder}" "${MUSUBI_BOARD_DIR}/lwip")
  target_compile_definitions(deps_lwip PUBLIC ${arg_DEFINITIONS})
  foreach(part IN ITEMS PING REPORT)
    if(MUSUBI_BOARD_WITHOUT_${part})
      target_compile_definitions(deps_lwip PUBLIC MUSUBI_BOARD_WITHOUT_${part})
    endif()
  endforeach()
  if(arg_TLS)
    musubi_bare_metal_mbedtls()
  endif()
  if(arg_UPDATES)
    musubi_bare_metal_ecdsa()
  endif()
  add_subdirectory("${MUSUBI_BOARD_DIR}/../.." musubi EXCLUDE_FROM_ALL)

  set(core cortex_m)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "riscv")
    set(core riscv)
  endif()
  set(kit "${MUSUBI_BOARD_DIR}/musubi/board")
  file(GLOB sources CONFIGURE_DEPENDS "${kit}/*.cpp" "${kit}/internal/*.cpp" "${kit}/${core}/*.cpp" "${folder}/*.cpp")
  list(REMOVE_ITEM sources "${kit}/metrics.cpp")
  if(NOT arg_TLS) # whose arithmetic takes a quarter longer with them
    set(memory "${kit}/internal/memory_functions.c") # called by what the optimiser of whole programs makes
    set_source_files_properties("${memory}" PROPERTIES
      COMPILE_OPTIONS "-fno-lto;-ffreestanding;-fno-tree-loop-distribute-patterns")
    list(APPEND sources "${memory}")
  endif()
  add_library(musubi_board OBJECT ${sources})
  add_library(musubi::board ALIAS musubi_board)
  target_include_directories(musubi_board PUBLIC "${MUSUBI_BOARD_DIR}")
  target_link_libraries(musubi_board PUBLIC musubi::lwip)
  musubi_target_warnings(musubi_board)
  set_target_properties(musubi_board PROPERTIES MUSUBI_LINKER "${folder}/linker.ld")

  # answer_serial, for the programs that call it. It is theirs, as BOARD_TLS is.
  add_library(musubi_board_metrics INTERFACE)
  add_library(musubi::board_metrics ALIAS musubi_board_metrics)
  target_sources(musubi_board_metrics INTERFACE "${kit}/metrics.cpp")
endfunction()

function(musubi_add_firmware target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LINKER;STACK" "SOURCES;LINK")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "musubi_add_firmware(<target> SOURCES <file>... [LINK <library>...] [LINKER <script>] "
      "[STACK <bytes>])")
  endif()
  if(NOT arg_LINKER)
    get_target_property(arg_LINKER musubi_board MUSUBI_LINKER)
  endif()
  cmake_path(ABSOLUTE_PATH arg_LINKER NORMALIZE)
  musubi_add_program(${target} SOURCES ${arg_SOURCES} LINK musubi::board ${arg_LINK})
  target_link_options(${target} PRIVATE "-T${arg_LINKER}" "-L${MUSUBI_BOARD_DIR}" -flto-partition=one
    -fstack-usage "-Wl,-Map=$<TARGET_FILE_DIR:${target}>/${target}.map" -Wl,--print-memory-usage)
  if(arg_STACK)
    target_link_options(${target} PRIVATE "-Wl,--defsym=STACK_SIZE=${arg_STACK}")
  endif()
  set_target_properties(${target} PROPERTIES
    SUFFIX .elf LINK_DEPENDS "${arg_LINKER};${MUSUBI_BOARD_DIR}/sections.ld")
endfunction()
