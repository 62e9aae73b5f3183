# cmake -DOBJECT= -DOUTPUT= -DFRESH= -DUPDATE= [-DCHECK=ON] -P musubi_write_typescript.cmake
# Writes the text in OBJECT to OUTPUT, or, with CHECK, compares them; see musubi_typescript.cmake. If they
# differ, CHECK writes the current text to FRESH. UPDATE is the command that updates OUTPUT.

cmake_policy(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/musubi_read_compiled_text.cmake")
read_compiled_text("${OBJECT}" musubi_add_typescript text stores)

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
