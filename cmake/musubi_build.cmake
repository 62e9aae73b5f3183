# How the targets of this project are built: warnings, sanitizers, library layout.

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
  endif()
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  find_program(MUSUBI_CCACHE ccache)
  mark_as_advanced(MUSUBI_CCACHE)
  if(MUSUBI_CCACHE)
    foreach(language IN ITEMS C CXX)
      if(NOT CMAKE_${language}_COMPILER_LAUNCHER)
        set(CMAKE_${language}_COMPILER_LAUNCHER "${MUSUBI_CCACHE}")
      endif()
    endforeach()
  endif()
endif()

set(CMAKE_CXX_EXTENSIONS OFF)

if(MUSUBI_SANITIZE)
  # vptr needs RTTI, which the core is built without. clang 14 cannot assemble what its check of function
  # types makes of a static coroutine of a template.
  set(sanitize "-fsanitize=${MUSUBI_SANITIZE}" -fno-sanitize-recover=all -fno-sanitize=vptr)
  add_compile_options(${sanitize} -fno-omit-frame-pointer -g1
    $<$<CXX_COMPILER_ID:Clang,AppleClang>:-fno-sanitize=function>)
  add_link_options(${sanitize})
endif()

if(MUSUBI_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "MUSUBI_FUZZ needs clang: its libFuzzer drives the fuzz targets.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The warnings that every source of this project is held to.
function(musubi_target_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
    $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
    $<$<BOOL:${MUSUBI_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()

# Defines musubi_<name>, known to users as musubi::<name>, from every source under <folder> of the
# current directory, which is also its include path. A folder that holds headers alone makes an
# INTERFACE library. MUSUBI_LIBRARY_SCOPE is set to what a usage requirement is declared with:
# PUBLIC or INTERFACE.
function(musubi_add_library name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.hpp")
  set(target musubi_${name})
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

  set_property(GLOBAL APPEND PROPERTY MUSUBI_LIBRARIES ${target})
  set_property(GLOBAL APPEND PROPERTY MUSUBI_HEADER_FOLDERS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}")
  set(MUSUBI_LIBRARY_SCOPE ${scope} PARENT_SCOPE)
endfunction()

# For tests and programs at -O2: g++ 12 sees overruns within std::vector and std::string that are not
# there (GCC bugs 105329, 105651, 105762). The core uses neither, and keeps these warnings.
function(musubi_target_standard_containers target)
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread>)
endfunction()

# Defines an executable from the given sources (C++ or C), held to the warnings of this project.
function(musubi_add_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${target} ${arg_SOURCES})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_link_libraries(${target} PRIVATE ${arg_LINK})
  musubi_target_warnings(${target})
  musubi_target_standard_containers(${target})
endfunction()

# Tells ctest of a GoogleTest program: of each test by its name, or, when an emulator runs them, which
# takes long to start, of two halves. The target musubi_unit_tests builds all such programs.
function(musubi_add_tests target)
  if(NOT TARGET musubi_unit_tests)
    add_custom_target(musubi_unit_tests)
  endif()
  add_dependencies(musubi_unit_tests ${target})
  if(NOT CMAKE_CROSSCOMPILING)
    gtest_discover_tests(${target} PROPERTIES TIMEOUT 120)
    return()
  endif()
  foreach(half IN ITEMS 0 1)
    add_test(NAME ${target}.${half} COMMAND ${target} --gtest_brief=1)
    set_tests_properties(${target}.${half} PROPERTIES TIMEOUT 600
      ENVIRONMENT "GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${half}")
  endforeach()
endfunction()
