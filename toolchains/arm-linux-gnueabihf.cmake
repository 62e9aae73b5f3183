# 32-bit Arm (ARMv7-A) with a floating-point unit: Debian's armhf.
set(MUSUBI_TRIPLET arm-linux-gnueabihf)
set(MUSUBI_PROCESSOR armv7l)
set(MUSUBI_QEMU arm)
include("${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake")
