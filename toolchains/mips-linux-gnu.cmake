# 32-bit MIPS, big-endian (MIPS32r2, o32): many routers.
set(MUSUBI_TRIPLET mips-linux-gnu)
set(MUSUBI_PROCESSOR mips)
set(MUSUBI_QEMU mips)
include("${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake")
