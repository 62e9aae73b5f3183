# Cortex-M7 with its single-precision floating-point unit; a core with a double-precision one runs this, too.
set(MUSUBI_CPU_FLAGS "-mcpu=cortex-m7 -mthumb -mfpu=fpv5-sp-d16 -mfloat-abi=hard")
include("${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake")
