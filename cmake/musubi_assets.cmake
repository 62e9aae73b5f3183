# Embeds a folder of web files in a program.
#
#   musubi_add_assets(<target> VARIABLE <name> DIRECTORY <folder> [PLAIN]
#                     [CONTENT_SECURITY_POLICY <policy>])
#
# At build time, compresses every file under <folder> with gzip into a constant array of <target>. With
# PLAIN, adds each file uncompressed as well, for clients that do not accept gzip. `#include "<name>.hpp"`
# declares `extern const musubi::net::http::asset_table <name>;`, to be given to a host. A changed file is
# embedded again. Everything runs on the build machine, so cross compiling works the same.
#
# <policy> is the Content-Security-Policy of the HTML files, without "frame-ancestors", which is the host's
# (host_options::frame_ancestors). By default a page may load what this server has, images also from data:
# and blob: URLs, and connect to this server; nothing inline, nothing from elsewhere
# (musubi::net::http::default_content_security_policy). A page with inline styles, for example, needs
# "default-src 'self'; style-src 'self' 'unsafe-inline'".

include_guard(GLOBAL)

set(MUSUBI_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/musubi_embed.cmake"
  CACHE INTERNAL "the script of musubi_add_assets")

function(musubi_add_assets target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PLAIN" "VARIABLE;DIRECTORY;CONTENT_SECURITY_POLICY" "")
  if(NOT arg_VARIABLE OR NOT arg_DIRECTORY OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "musubi_add_assets(<target> VARIABLE <name> DIRECTORY <folder> [PLAIN] "
      "[CONTENT_SECURITY_POLICY <policy>])")
  endif()
  set(policy "${arg_CONTENT_SECURITY_POLICY}")
  if(policy MATCHES "[^ -~]|[\"\\]")
    message(FATAL_ERROR "musubi_add_assets: a policy is one line of plain characters: ${policy}")
  endif()
  string(LENGTH "${policy}" length)
  if(length GREATER 300)
    message(FATAL_ERROR "musubi_add_assets: a policy has at most 300 characters, and this has ${length}: the "
      "head of a response is written into a buffer of a fixed size (response_head_size)")
  elseif(policy MATCHES "frame-ancestors")
    message(FATAL_ERROR "musubi_add_assets: frame-ancestors is set by host_options::frame_ancestors")
  endif()
  find_program(MUSUBI_GZIP gzip REQUIRED)
  mark_as_advanced(MUSUBI_GZIP)

  cmake_path(ABSOLUTE_PATH arg_DIRECTORY NORMALIZE)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${arg_DIRECTORY}/*")
  if(NOT files)
    message(FATAL_ERROR "musubi_add_assets: there are no files in ${arg_DIRECTORY}")
  endif()

  set(output_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_assets/${target}")
  set(outputs "${output_dir}/${arg_VARIABLE}.hpp" "${output_dir}/${arg_VARIABLE}.cpp")
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND ${CMAKE_COMMAND}
      "-DGZIP=${MUSUBI_GZIP}" "-DVARIABLE=${arg_VARIABLE}" "-DDIRECTORY=${arg_DIRECTORY}"
      "-DOUTPUT_DIR=${output_dir}" "-DPLAIN=${arg_PLAIN}" "-DSECURITY_POLICY=${policy}"
      -P "${MUSUBI_EMBED_SCRIPT}"
    DEPENDS ${files} "${MUSUBI_EMBED_SCRIPT}"
    COMMENT "Embedding ${arg_DIRECTORY}"
    VERBATIM)
  # A separate target, so that other targets can depend on it.
  add_custom_target(${target}_${arg_VARIABLE}_assets DEPENDS ${outputs})
  add_dependencies(${target} ${target}_${arg_VARIABLE}_assets)
  target_sources(${target} PRIVATE ${outputs})
  target_include_directories(${target} PRIVATE "${output_dir}")
endfunction()
