# Defines a program.
#
#   musubi_add_program(<target> SOURCES <file>... [LINK <library>...])
#
# An executable in C++20, from C++ or C sources, with the warnings of this project; with MUSUBI_STATIC it is
# linked statically. What it does can as well be written with add_executable and target_link_libraries: no
# other function here asks for it.

include_guard(GLOBAL)

# Enables the warnings that every source of this project is free of; there they stop the build.
function(musubi_target_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
    $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
    $<$<BOOL:${MUSUBI_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()

# Disables warnings that g++ 12 gives wrongly at -O2 for std::vector and std::string (GCC bugs 105329,
# 105651, 105762). The core uses neither, and keeps these warnings.
function(musubi_target_standard_containers target)
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread>)
endfunction()

function(musubi_add_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "musubi_add_program(<target> SOURCES <file>... [LINK <library>...])")
  endif()
  if(MUSUBI_UNITY AND COMMAND musubi_unity) # not where this is installed
    musubi_unity(arg_SOURCES ${target} ${arg_SOURCES})
  endif()
  add_executable(${target} ${arg_SOURCES})
  set_property(GLOBAL APPEND PROPERTY MUSUBI_PROGRAMS ${target})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_link_libraries(${target} PRIVATE ${arg_LINK})
  musubi_target_warnings(${target})
  musubi_target_standard_containers(${target})
  if(MUSUBI_STATIC)
    # Position-independent, as other programs are. Of a shared C library a program uses a tenth, but has
    # half of it in memory.
    target_link_options(${target} PRIVATE -static-pie -Wl,--gc-sections)
  endif()
endfunction()
