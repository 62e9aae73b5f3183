# Hardens the programs of this project's own release builds, to limit the damage of faults that no test
# has found. A library does not choose this for its users: a project that uses Musubi sets its own flags
# (SECURITY.md lists these). scripts/test-hardening checks the programs for them.

include_guard(GLOBAL)

option(MUSUBI_HARDEN "Harden release builds of this project's programs" ${PROJECT_IS_TOP_LEVEL})
if(NOT MUSUBI_HARDEN OR NOT MUSUBI_OPERATING_SYSTEM OR MUSUBI_SANITIZE OR MUSUBI_FUZZ
    OR NOT CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  return()
endif()

include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)

# Use each flag that the compiler supports for this processor. The last two are for x86 and Arm.
set(_flags "")
foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fPIE -fcf-protection
    -mbranch-protection=standard)
  string(MAKE_C_IDENTIFIER "MUSUBI_HAS${flag}" known)
  check_cxx_compiler_flag("-Werror ${flag}" ${known})
  if(${known})
    list(APPEND _flags ${flag})
  endif()
endforeach()

# Level 3 also checks sizes known only at run time. Older C libraries warn that they do not support it.
set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_cxx_source_compiles("#include <cstdio>\nint main() {}" MUSUBI_HAS_FORTIFY_SOURCE_3)
unset(CMAKE_REQUIRED_FLAGS)
if(MUSUBI_HAS_FORTIFY_SOURCE_3)
  list(APPEND _flags -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
else()
  list(APPEND _flags -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
add_compile_options("$<$<NOT:$<CONFIG:Debug>>:${_flags}>")

set(_link_flags "")
foreach(flag IN ITEMS -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
  string(MAKE_C_IDENTIFIER "MUSUBI_HAS${flag}" known)
  check_linker_flag(CXX "${flag}" ${known})
  if(${known})
    list(APPEND _link_flags "${flag}")
  endif()
endforeach()
if(MUSUBI_HAS_fPIE AND NOT APPLE AND NOT MUSUBI_STATIC) # which says so itself
  list(APPEND _link_flags "$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>")
endif()
add_link_options("$<$<NOT:$<CONFIG:Debug>>:${_link_flags}>")
