# GCC for a target without an operating system. Included by the file of each family of cores, which sets
# CMAKE_SYSTEM_PROCESSOR, MUSUBI_TOOL_PREFIX, MUSUBI_CPU_FLAGS, and the flags of the libraries.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_C_COMPILER ${MUSUBI_TOOL_PREFIX}-gcc)
set(CMAKE_CXX_COMPILER ${MUSUBI_TOOL_PREFIX}-g++)
set(CMAKE_ASM_COMPILER ${MUSUBI_TOOL_PREFIX}-gcc)
foreach(tool IN ITEMS AR RANLIB) # the compiler's own tools, which support its LTO objects
  string(TOLOWER ${tool} name)
  set(CMAKE_${tool} ${MUSUBI_TOOL_PREFIX}-gcc-${name})
  foreach(language IN ITEMS C CXX)
    set(CMAKE_${language}_COMPILER_${tool} ${MUSUBI_TOOL_PREFIX}-gcc-${name})
  endforeach()
endforeach()
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # a test program could not be linked

set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY) # never use those of the build machine
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

set(CMAKE_C_FLAGS_INIT "${MUSUBI_CPU_FLAGS} ${MUSUBI_C_LIBRARY_FLAGS} -ffunction-sections -fdata-sections")
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT} ${MUSUBI_CXX_LIBRARY_FLAGS} -fno-exceptions -fno-rtti -fno-threadsafe-statics \
-fno-use-cxa-atexit -fno-unwind-tables -fno-asynchronous-unwind-tables")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostartfiles -Wl,--gc-sections")
# Optimize for size: flash is the scarce resource. GCC 12's -Os still has passes that trade it for speed
# (docs/size.md lists what disabling them saves).
set(size_flags "-Os -fno-caller-saves -fno-gcse -fno-ivopts -fno-jump-tables -fno-move-loop-invariants \
-fno-tree-loop-optimize -fno-tree-pre -fira-region=one")
foreach(language IN ITEMS C CXX)
  set(CMAKE_${language}_FLAGS_RELEASE_INIT "${size_flags} -DNDEBUG")
  set(CMAKE_${language}_FLAGS_MINSIZEREL_INIT "${size_flags} -DNDEBUG")
  set(CMAKE_${language}_FLAGS_DEBUG_INIT "-Og -g")
endforeach()
