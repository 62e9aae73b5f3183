# Arm Cortex-M without an operating system. Included by the file for each core, which sets
# MUSUBI_CPU_FLAGS.

set(CMAKE_SYSTEM_PROCESSOR arm)
set(MUSUBI_TOOL_PREFIX arm-none-eabi)
set(MUSUBI_C_LIBRARY_FLAGS "--specs=nano.specs")
set(MUSUBI_CXX_LIBRARY_FLAGS "")
include("${CMAKE_CURRENT_LIST_DIR}/bare_metal/gcc.cmake")
