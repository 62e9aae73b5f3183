# Cortex-M0+, and M0: no floating-point unit, no instructions for atomic read-modify-write.
set(MUSUBI_CPU_FLAGS "-mcpu=cortex-m0plus -mthumb")
include("${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake")
