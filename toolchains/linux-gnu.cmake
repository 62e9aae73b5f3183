# Cross-compiles for Linux with the GNU C library. Included by the file for each architecture, which sets
#
#   MUSUBI_TRIPLET     the prefix of the compilers' names
#   MUSUBI_PROCESSOR   the output of `uname -m` on the target
#   MUSUBI_QEMU        QEMU's name for the architecture
#
# Uses Debian's C library, in /usr/<triplet>. To link against a board's own root file system, set
# -DCMAKE_SYSROOT=<folder>.

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${MUSUBI_PROCESSOR})
set(CMAKE_C_COMPILER ${MUSUBI_TRIPLET}-gcc)
set(CMAKE_CXX_COMPILER ${MUSUBI_TRIPLET}-g++)

if(NOT CMAKE_SYSROOT)
  set(CMAKE_FIND_ROOT_PATH "/usr/${MUSUBI_TRIPLET}")
endif()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY) # never use those of the build machine
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Runs the tests. Building needs no emulator.
if(CMAKE_SYSROOT)
  set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-${MUSUBI_QEMU}-static;-L;${CMAKE_SYSROOT}")
else()
  set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-${MUSUBI_QEMU}-static;-L;/usr/${MUSUBI_TRIPLET}")
endif()
