# Cortex-M3: no floating-point unit.
set(MUSUBI_CPU_FLAGS "-mcpu=cortex-m3 -mthumb")
include("${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake")
