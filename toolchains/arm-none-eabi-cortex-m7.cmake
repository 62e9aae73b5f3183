# Cortex-M7 with a single-precision floating-point unit; one of double precision runs this, too.
set(MUSUBI_CPU_FLAGS "-mcpu=cortex-m7 -mthumb -mfpu=fpv5-sp-d16 -mfloat-abi=hard")
include("${CMAKE_CURRENT_LIST_DIR}/arm-none-eabi.cmake")
