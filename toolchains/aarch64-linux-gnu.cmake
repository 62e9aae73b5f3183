# 64-bit Arm (ARMv8-A): Debian's arm64.
set(MUSUBI_TRIPLET aarch64-linux-gnu)
set(MUSUBI_PROCESSOR aarch64)
set(MUSUBI_QEMU aarch64)
include("${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake")
