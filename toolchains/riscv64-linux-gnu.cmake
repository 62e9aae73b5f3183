# 64-bit RISC-V (RV64GC): Debian's riscv64.
set(MUSUBI_TRIPLET riscv64-linux-gnu)
set(MUSUBI_PROCESSOR riscv64)
set(MUSUBI_QEMU riscv64)
include("${CMAKE_CURRENT_LIST_DIR}/linux-gnu.cmake")
