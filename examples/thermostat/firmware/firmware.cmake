# The thermostat's firmware, for the board whose CMakeLists.txt includes this: the folder board/ beside it
# has the hardware (hardware.hpp), its linker.ld and its lwipopts.h. Each such folder is a project of its
# own, as a firmware's would be; without a bare-metal toolchain there is nothing to build.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Generic")
  return()
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE MinSizeRel CACHE STRING "" FORCE)
endif()
set(BOARD_CONNECTIONS 4 CACHE STRING "browsers at once")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
add_compile_options(-g) # for the size report; it costs no flash
option(BOARD_LTO "Optimise the firmware as a whole: an eighth less flash" ON)
if(BOARD_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

set(shared "${CMAKE_CURRENT_LIST_DIR}")
set(board "${CMAKE_CURRENT_SOURCE_DIR}/board")
cmake_path(SET musubi NORMALIZE "${shared}/../../..")
include("${musubi}/toolchains/bare_metal/dependencies.cmake")
musubi_bare_metal_lwip("${board}" "${shared}/lwip")
target_compile_definitions(deps_lwip PUBLIC BOARD_CONNECTIONS=${BOARD_CONNECTIONS})
add_subdirectory("${musubi}" musubi)

file(GLOB sources CONFIGURE_DEPENDS "${shared}/*.cpp" "${board}/*.cpp")
musubi_add_program(firmware SOURCES ${sources} LINK musubi::lwip)
target_include_directories(firmware PRIVATE "${shared}")
musubi_add_assets(firmware VARIABLE web DIRECTORY "${shared}/../web/dist")
target_link_options(firmware PRIVATE "-T${board}/linker.ld" "-L${shared}"
  "-Wl,-Map=$<TARGET_FILE_DIR:firmware>/firmware.map" -Wl,--print-memory-usage)
set_target_properties(firmware PROPERTIES
  SUFFIX .elf LINK_DEPENDS "${board}/linker.ld;${shared}/sections.ld")
