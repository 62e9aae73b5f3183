# Links a folder of web files into a program.
#
#   musubi_add_assets(<target> VARIABLE <name> DIRECTORY <folder> [PLAIN])
#
# At build time every file under <folder> is compressed with gzip and becomes a constant array of
# <target>; with PLAIN, a second one as it is, for clients that take no gzip. `#include "<name>.hpp"` declares `extern const musubi::net::http::asset_table <name>;`, to
# be handed to a host. A change of any file rebuilds it. It runs on the building machine alone, so it
# works the same when cross compiling.

include_guard(GLOBAL)

set(MUSUBI_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/musubi_embed.cmake"
  CACHE INTERNAL "the script behind musubi_add_assets")

function(musubi_add_assets target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PLAIN" "VARIABLE;DIRECTORY" "")
  if(NOT arg_VARIABLE OR NOT arg_DIRECTORY)
    message(FATAL_ERROR "musubi_add_assets(<target> VARIABLE <name> DIRECTORY <folder> [PLAIN])")
  endif()
  find_program(MUSUBI_GZIP gzip REQUIRED)
  mark_as_advanced(MUSUBI_GZIP)

  cmake_path(ABSOLUTE_PATH arg_DIRECTORY NORMALIZE)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${arg_DIRECTORY}/*")
  if(NOT files)
    message(FATAL_ERROR "musubi_add_assets: no file in ${arg_DIRECTORY}")
  endif()

  set(output_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_assets/${target}")
  set(outputs "${output_dir}/${arg_VARIABLE}.hpp" "${output_dir}/${arg_VARIABLE}.cpp")
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND ${CMAKE_COMMAND}
      "-DGZIP=${MUSUBI_GZIP}" "-DVARIABLE=${arg_VARIABLE}" "-DDIRECTORY=${arg_DIRECTORY}"
      "-DOUTPUT_DIR=${output_dir}" "-DPLAIN=${arg_PLAIN}" -P "${MUSUBI_EMBED_SCRIPT}"
    DEPENDS ${files} "${MUSUBI_EMBED_SCRIPT}"
    COMMENT "Embedding ${arg_DIRECTORY}"
    VERBATIM)
  # A target of their own, so that others can wait for them.
  add_custom_target(${target}_${arg_VARIABLE}_assets DEPENDS ${outputs})
  add_dependencies(${target} ${target}_${arg_VARIABLE}_assets)
  target_sources(${target} PRIVATE ${outputs})
  target_include_directories(${target} PRIVATE "${output_dir}")
endfunction()
