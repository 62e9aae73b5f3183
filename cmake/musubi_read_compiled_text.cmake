# For scripts: what _musubi_compiled_text (musubi_compiled_text.cmake) left in an object file.

# Sets <text> to the text in <object> after the line "<by>: <number> stores", and <stores> to that number.
function(read_compiled_text object by text stores)
  # In the object, the text stands between zero bytes, so file(STRINGS) finds it as one string, including
  # line ends.
  set(mark "${by}: ([0-9]+) stores\n")
  file(STRINGS "${object}" found REGEX "^${mark}" LIMIT_COUNT 1
    NEWLINE_CONSUME NO_HEX_CONVERSION ENCODING UTF-8)
  if(NOT found MATCHES "^${mark}")
    message(FATAL_ERROR "${by}: ${object} does not contain its text. It must be a normal object file: "
      "does a compiler flag change the output format?")
  endif()
  set(${stores} ${CMAKE_MATCH_1} PARENT_SCOPE)
  string(REGEX REPLACE "^${mark}" "" found "${found}")
  string(REPLACE "\\;" ";" found "${found}") # file(STRINGS) returns a list
  set(${text} "${found}" PARENT_SCOPE)
endfunction()
