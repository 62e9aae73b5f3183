# 32-bit MIPS, little-endian (MIPS32r2, o32): Debian's mipsel.
set(MUSUBI_TRIPLET mipsel-linux-gnu)
set(MUSUBI_PROCESSOR mips)
set(MUSUBI_QEMU mipsel)
include("${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake")
