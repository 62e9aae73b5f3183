# RV32IMC without an operating system: no atomic instructions, no floating point, as in an ESP32-C3. The
# compiler and picolibc are Debian's gcc-riscv64-unknown-elf and picolibc-riscv64-unknown-elf. Debian has
# no C++ library for it: of libstdc++-arm-none-eabi-dev, of the same version of GCC, the headers are taken. What
# Musubi uses of it is in the headers.

# by the older specification the letter I includes the instructions for control registers, which have no library
# of their own
set(MUSUBI_CPU_FLAGS "-march=rv32imc -mabi=ilp32 -misa-spec=2.2")
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(MUSUBI_TOOL_PREFIX riscv64-unknown-elf)
set(MUSUBI_C_LIBRARY_FLAGS "--specs=picolibc.specs")

file(GLOB _headers "/usr/include/newlib/c++/12.*" "/usr/lib/arm-none-eabi/include/c++/12.*")
list(GET _headers 0 _headers)
set(MUSUBI_CXX_LIBRARY_FLAGS "-nostdinc++ -isystem ${_headers} -isystem ${_headers}/arm-none-eabi/thumb/v6-m/nofp")
include("${CMAKE_CURRENT_LIST_DIR}/bare_metal/gcc.cmake")
string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -nodefaultlibs") # g++ would link libstdc++
set(CMAKE_CXX_STANDARD_LIBRARIES_INIT "-Wl,--start-group -lc -lgcc -Wl,--end-group")
