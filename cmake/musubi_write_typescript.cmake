# cmake -DOBJECT= -DOUTPUT= -DFRESH= -DUPDATE= [-DCHECK=ON] -P musubi_write_typescript.cmake
# Writes the text in OBJECT to OUTPUT, or, with CHECK, compares them; see musubi_typescript.cmake. If they
# differ, CHECK writes the current text to FRESH. UPDATE is the command that updates OUTPUT.

cmake_policy(VERSION 3.25)

# In the object, the text stands between zero bytes, so file(STRINGS) finds it as one string, including
# line ends.
set(mark "musubi_add_typescript: ([0-9]+) stores\n")
file(STRINGS "${OBJECT}" text REGEX "^${mark}" LIMIT_COUNT 1
  NEWLINE_CONSUME NO_HEX_CONVERSION ENCODING UTF-8)
if(NOT text MATCHES "^${mark}")
  message(FATAL_ERROR "musubi_add_typescript: ${OBJECT} does not contain the bundle. It must be a normal "
    "object file: does a compiler flag change the output format?")
endif()
set(stores ${CMAKE_MATCH_1})
string(REGEX REPLACE "^${mark}" "" text "${text}")
string(REPLACE "\\;" ";" text "${text}") # file(STRINGS) returns a list

set(committed "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" committed)
elseif(stores EQUAL 0)
  return() # there are no types, and no file
endif()
if(committed STREQUAL text)
  return()
endif()

if(CHECK)
  file(WRITE "${FRESH}" "${text}")
  message(NOTICE "Musubi TypeScript bundle is out of date: ${OUTPUT}\n"
    "Run `${UPDATE}` and commit the result.\n"
    "The current text is in ${FRESH}.")
  message(FATAL_ERROR "Musubi TypeScript bundle is out of date.")
elseif(stores EQUAL 0)
  message(WARNING "musubi_add_typescript: the socket's roots contain no store; "
    "${OUTPUT} is left unchanged")
else()
  file(WRITE "${OUTPUT}" "${text}")
endif()
