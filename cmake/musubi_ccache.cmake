# Uses ccache if it is installed, so that nothing is compiled twice, even in different clones.

find_program(MUSUBI_CCACHE ccache)
mark_as_advanced(MUSUBI_CCACHE)
if(MUSUBI_CCACHE)
  foreach(language IN ITEMS C CXX)
    if(NOT CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER "${MUSUBI_CCACHE}")
    endif()
  endforeach()
endif()
