# Combines the sources of a room into larger translation units, so that common headers are parsed and
# templates instantiated once. scripts/check builds this way.
#
#   musubi_unity(<result> <name> <source>...)
#
# Sets <result> to the sources to compile instead of those given. They are unchanged without MUSUBI_UNITY,
# and for C sources and those with the property SKIP_UNITY_BUILD_INCLUSION. <name> must be unique among the
# targets of one CMake folder.
#
# A room is the first three folders of a path, as core/musubi/store. Two sources of one must not define the
# same name, even in unnamed namespaces. If the compiler
# reports a redefinition, rename one of them.
#
# CMake's own UNITY_BUILD is not used, because it includes sources by absolute path, which defeats ccache
# across clones, and combines different rooms, where more names would clash.

include_guard(GLOBAL)

option(MUSUBI_UNITY "Compile the sources of a room together, to build faster" OFF)
set(MUSUBI_UNITY_SOURCES 6 CACHE STRING "The most sources to compile together")
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
    string(REGEX MATCH "^[^/]+(/[^/]+)?(/[^/]+)?" folder "${folder}")
    string(REPLACE "/" "_" folder "${folder}")
    if(NOT folder)
      set(folder top)
    endif()
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
    # As few units as possible, of about the same size.
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
  # Two warnings do not apply to combined sources: of g++, about types without linkage outside of the main
  # file, and of clang, about names that several sources use. scripts/test-package compiles each source by
  # itself, with these warnings.
  set_source_files_properties(${made} PROPERTIES
    INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}"
    COMPILE_OPTIONS "$<IF:$<CXX_COMPILER_ID:GNU>,-Wno-subobject-linkage,-Wno-shadow>")
  set(${result} ${others} ${made} PARENT_SCOPE)
endfunction()
