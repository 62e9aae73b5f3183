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
  _musubi_web_files(musubi_add_assets "${arg_DIRECTORY}" files)
  _musubi_check_policy(musubi_add_assets "${arg_CONTENT_SECURITY_POLICY}")
  cmake_path(ABSOLUTE_PATH arg_DIRECTORY NORMALIZE)

  set(output_dir "${CMAKE_CURRENT_BINARY_DIR}/musubi_assets/${target}")
  set(outputs "${output_dir}/${arg_VARIABLE}.hpp" "${output_dir}/${arg_VARIABLE}.cpp")
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND ${CMAKE_COMMAND}
      "-DGZIP=${MUSUBI_GZIP}" "-DVARIABLE=${arg_VARIABLE}" "-DDIRECTORY=${arg_DIRECTORY}"
      "-DOUTPUT_DIR=${output_dir}" "-DPLAIN=${arg_PLAIN}" "-DSECURITY_POLICY=${arg_CONTENT_SECURITY_POLICY}"
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

# The files under <folder>, of which there must be some, in <result>; and gzip in MUSUBI_GZIP.
function(_musubi_web_files who folder result)
  find_program(MUSUBI_GZIP gzip REQUIRED)
  mark_as_advanced(MUSUBI_GZIP)
  cmake_path(ABSOLUTE_PATH folder NORMALIZE)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*")
  if(NOT files)
    message(FATAL_ERROR "${who}: there are no files in ${folder}")
  endif()
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

# Whether a policy can be sent; empty is the default.
function(_musubi_check_policy who policy)
  string(LENGTH "${policy}" length)
  if(policy MATCHES "[^ -~]|[\"\\]")
    message(FATAL_ERROR "${who}: a policy is one line of plain characters: ${policy}")
  elseif(length GREATER 300)
    message(FATAL_ERROR "${who}: a policy has at most 300 characters, and this has ${length}: the "
      "head of a response is written into a buffer of a fixed size (response_head_size)")
  elseif(policy MATCHES "frame-ancestors")
    message(FATAL_ERROR "${who}: frame-ancestors is set by host_options::frame_ancestors")
  endif()
endfunction()
