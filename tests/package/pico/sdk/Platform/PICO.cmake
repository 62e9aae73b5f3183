include(Platform/Generic)
set(CMAKE_EXECUTABLE_SUFFIX .elf)
