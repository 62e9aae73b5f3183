# Compiles the sources of a folder together, several to a translation unit: what they include is then read,
# and what they instantiate is then compiled, once instead of once each. scripts/check builds like this.
#
#   musubi_unity(<result> <name> <source>...)
#
# sets <result> to sources that stand for those given. Without MUSUBI_UNITY, for C, and for what CMake's
# property SKIP_UNITY_BUILD_INCLUSION is set on, these are the same. <name> tells apart what one folder of
# CMake makes several of. So two sources of a folder must not give one name to two things, even in unnamed
# namespaces: the compiler says "redefinition", and one of them is to be renamed.
#
# CMake's own UNITY_BUILD names sources by absolute paths, so what one clone compiled is of no use to ccache
# in another; and it mixes folders, where names would clash that have nothing to do with each other.

include_guard(GLOBAL)

option(MUSUBI_UNITY "Compile the sources of a folder together, to build faster" OFF)
set(MUSUBI_UNITY_SOURCES 6 CACHE STRING "How many sources at most are compiled together")
mark_as_advanced(MUSUBI_UNITY_SOURCES)

function(musubi_unity result name)
  if(NOT MUSUBI_UNITY)
    set(${result} ${ARGN} PARENT_SCOPE)
    return()
  endif()

  set(others "")
  set(folders "")
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
    cmake_path(IS_PREFIX PROJECT_SOURCE_DIR "${source}" ours)
    cmake_path(IS_PREFIX PROJECT_BINARY_DIR "${source}" generated)
    get_source_file_property(alone "${source}" SKIP_UNITY_BUILD_INCLUSION)
    if(NOT source MATCHES "\\.cpp$" OR NOT ours OR generated OR alone)
      list(APPEND others "${source}")
      continue()
    endif()
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
    cmake_path(GET source PARENT_PATH folder)
    string(REPLACE "/" "_" folder "${folder}")
    list(APPEND folders ${folder})
    list(APPEND in_${folder} "${source}")
  endforeach()

  set(made "")
  list(REMOVE_DUPLICATES folders)
  foreach(folder IN LISTS folders)
    list(SORT in_${folder})
    list(LENGTH in_${folder} count)
    if(count EQUAL 1)
      list(APPEND others "${PROJECT_SOURCE_DIR}/${in_${folder}}")
      continue()
    endif()
    # As few as possible, and of the same size.
    math(EXPR units "(${count} + ${MUSUBI_UNITY_SOURCES} - 1) / ${MUSUBI_UNITY_SOURCES}")
    math(EXPR size "(${count} + ${units} - 1) / ${units}")
    foreach(unit RANGE 1 ${units})
      math(EXPR first "(${unit} - 1) * ${size}")
      list(SUBLIST in_${folder} ${first} ${size} together)
      list(TRANSFORM together REPLACE "(.+)" "#include <\\1>")
      list(JOIN together "\n" text)
      set(path "${CMAKE_CURRENT_BINARY_DIR}/unity/${name}/${folder}_${unit}.cpp")
      file(CONFIGURE OUTPUT "${path}" CONTENT "${text}\n" @ONLY)
      list(APPEND made "${path}")
    endforeach()
  endforeach()
  # Two warnings look across the sources here: g++ minds types without linkage outside of the main file, and
  # clang what one source calls like another. A source by itself has them, as scripts/test-package builds it.
  set_source_files_properties(${made} PROPERTIES
    INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}"
    COMPILE_OPTIONS "$<IF:$<CXX_COMPILER_ID:GNU>,-Wno-subobject-linkage,-Wno-shadow>")
  set(${result} ${others} ${made} PARENT_SCOPE)
endfunction()
