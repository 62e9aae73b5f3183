# board_certificate(<target>): a certificate for the target, in its certificate.hpp, and the authority that has
# signed it as tls/ca.crt beside the program, for its clients. Both are made once for a build folder: a product
# gets a key of its own for each device, when it is made, and keeps it where firmware updates leave it alone.
set(_board_certificate_dir "${CMAKE_CURRENT_LIST_DIR}")

function(board_certificate target)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/tls")
  if(NOT TARGET board_certificate_files)
    find_program(BOARD_OPENSSL openssl REQUIRED)
    add_custom_command(OUTPUT "${folder}/certificate.hpp" "${folder}/ca.crt"
      COMMAND "${CMAKE_COMMAND}" "-DOPENSSL=${BOARD_OPENSSL}" "-DFOLDER=${folder}"
        -P "${_board_certificate_dir}/make_certificate.cmake"
      DEPENDS "${_board_certificate_dir}/make_certificate.cmake"
      COMMENT "Making a certificate for the board" VERBATIM)
    add_custom_target(board_certificate_files DEPENDS "${folder}/certificate.hpp")
  endif()
  add_dependencies(${target} board_certificate_files)
  target_include_directories(${target} PRIVATE "${folder}")
endfunction()
