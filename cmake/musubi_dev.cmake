# Live reload while a program and its page are written (docs/guides/live-reload.md).
#
#   musubi_add_dev(<program> [PAGE <folder>])
#
# Adds the target <program>_dev, which runs `musubi-dev` of @musubi/client for the program: it builds and restarts
# it when a source is saved, and serves its page by Vite. PAGE is the folder of the page with its
# package.json, by default `web`; its packages must be installed (`npm install`) before the target is built.

include_guard(GLOBAL)

function(musubi_add_dev program)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PAGE" "")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "musubi_add_dev(<program> [PAGE <folder>])")
  endif()
  if(NOT arg_PAGE)
    set(arg_PAGE web)
  endif()
  cmake_path(ABSOLUTE_PATH arg_PAGE BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  # Only when the target is built: it builds the program itself, and goes on until Ctrl-C.
  add_custom_target(${program}_dev
    COMMAND node "${arg_PAGE}/node_modules/@musubi/client/vite/dev/main.js"
      "${CMAKE_BINARY_DIR}" ${program} --page "${arg_PAGE}"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    USES_TERMINAL VERBATIM)
endfunction()
