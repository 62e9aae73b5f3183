# cmake -DOBJECT= -DOUTPUT= -DFRESH= -DUPDATE= [-DCHECK=ON] -P musubi_write_typescript.cmake
# Writes OUTPUT from what is in OBJECT, or checks it against that; see musubi_typescript.cmake. FRESH
# then holds what the stores say, and UPDATE is the command that brings OUTPUT up to date.

cmake_policy(VERSION 3.25)

# Zeros stand before and after the text in the object, so it is one string, line ends included.
set(mark "musubi_add_typescript: ([0-9]+) stores\n")
file(STRINGS "${OBJECT}" text REGEX "^${mark}" LIMIT_COUNT 1
  NEWLINE_CONSUME NO_HEX_CONVERSION ENCODING UTF-8)
if(NOT text MATCHES "^${mark}")
  message(FATAL_ERROR "musubi_add_typescript: ${OBJECT} does not hold the bundle. It is looked for in "
    "a plain object file: is a flag in use that makes the compiler write something else?")
endif()
set(stores ${CMAKE_MATCH_1})
string(REGEX REPLACE "^${mark}" "" text "${text}")
string(REPLACE "\\;" ";" text "${text}") # file(STRINGS) answers with a list

set(committed "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" committed)
elseif(stores EQUAL 0)
  return() # nothing to say, and nothing said
endif()
if(committed STREQUAL text)
  return()
endif()

if(CHECK)
  file(WRITE "${FRESH}" "${text}")
  message(NOTICE "Musubi TypeScript bundle is out of date: ${OUTPUT}\n"
    "Run `${UPDATE}` and commit the result.\n"
    "What the stores say now is in ${FRESH}.")
  message(FATAL_ERROR "Musubi TypeScript bundle is out of date.")
elseif(stores EQUAL 0)
  message(WARNING "musubi_add_typescript: there is no store in the socket's roots; "
    "${OUTPUT} is kept as it was")
else()
  file(WRITE "${OUTPUT}" "${text}")
endif()
