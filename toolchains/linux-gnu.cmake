# Linux with the GNU C library, on another machine than the one that builds: what all of them share.
# Included by the files for one architecture, which set
#
#   MUSUBI_TRIPLET     what the compilers' names begin with
#   MUSUBI_PROCESSOR   what `uname -m` says there
#   MUSUBI_QEMU        what QEMU calls it
#
# The C library is Debian's, in /usr/<triplet>. A board's own root file system, to be linked against:
# -DCMAKE_SYSROOT=<folder>.

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${MUSUBI_PROCESSOR})
set(CMAKE_C_COMPILER ${MUSUBI_TRIPLET}-gcc)
set(CMAKE_CXX_COMPILER ${MUSUBI_TRIPLET}-g++)

if(NOT CMAKE_SYSROOT)
  set(CMAKE_FIND_ROOT_PATH "/usr/${MUSUBI_TRIPLET}")
endif()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY) # never the building machine's
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# What runs the tests. Building needs no emulator.
if(CMAKE_SYSROOT)
  set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-${MUSUBI_QEMU}-static;-L;${CMAKE_SYSROOT}")
else()
  set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-${MUSUBI_QEMU}-static;-L;/usr/${MUSUBI_TRIPLET}")
endif()
