# The settings of this project's targets: warnings, sanitizers, library layout.

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
  endif()
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  include(musubi_ccache)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
include(musubi_hardening)
include(musubi_program)

if(MUSUBI_SANITIZE)
  # vptr needs RTTI, which is disabled in the core. function: clang 14 generates invalid assembly for a
  # static coroutine of a template.
  set(sanitize "-fsanitize=${MUSUBI_SANITIZE}" -fno-sanitize-recover=all -fno-sanitize=vptr)
  add_compile_options(${sanitize} -fno-omit-frame-pointer -g1
    $<$<CXX_COMPILER_ID:Clang,AppleClang>:-fno-sanitize=function>)
  add_link_options(${sanitize})
endif()

# Builds meant to find faults also enable the assertions of the standard library.
if(PROJECT_IS_TOP_LEVEL AND (MUSUBI_SANITIZE OR MUSUBI_FUZZ OR CMAKE_BUILD_TYPE STREQUAL "Debug"))
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

if(MUSUBI_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "MUSUBI_FUZZ needs clang, because the fuzz targets use its libFuzzer.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# musubi_add_library(<name> <folder> [LINK <target>...])
#
# Defines the library musubi_<name> (musubi::<name> for users) from every source under <folder> of the
# current directory, which becomes its include path; its users link these targets, too. A folder without
# sources becomes an INTERFACE library. Sets MUSUBI_LIBRARY_SCOPE to the scope for usage requirements:
# PUBLIC or INTERFACE.
function(musubi_add_library name folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" LINK)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.hpp")
  set(target musubi_${name})
  musubi_unity(sources ${target} ${sources})
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources} ${headers})
    musubi_target_warnings(${target})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(musubi::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target} ${scope}
    "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  target_link_libraries(${target} ${scope} ${arg_LINK})

  set_property(GLOBAL APPEND PROPERTY MUSUBI_LIBRARIES ${target})
  set_property(GLOBAL APPEND PROPERTY MUSUBI_HEADER_FOLDERS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}")
  set(MUSUBI_LIBRARY_SCOPE ${scope} PARENT_SCOPE)
endfunction()

# For a test program: optimizes its own sources less, which halves their compile time. The libraries are
# still built as in any release.
function(musubi_target_unmeasured target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# Adds a GoogleTest program to ctest, in shards, because starting a process for each test would take
# longer than most tests do, above all under a sanitizer or an emulator. The target musubi_unit_tests
# builds all these programs.
function(musubi_add_tests target)
  if(NOT TARGET musubi_unit_tests)
    add_custom_target(musubi_unit_tests)
  endif()
  add_dependencies(musubi_unit_tests ${target})
  musubi_target_unmeasured(${target})
  target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
  set(shards 4)
  math(EXPR last "${shards} - 1")
  foreach(shard RANGE ${last})
    add_test(NAME ${target}.${shard} COMMAND ${target})
    set_tests_properties(${target}.${shard} PROPERTIES TIMEOUT 600 LABELS unit
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()
