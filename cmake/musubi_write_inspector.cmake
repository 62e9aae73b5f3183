# cmake -DOBJECT= -DINSPECTOR= -DPAGE= -DDIRECTORY= -DGZIP= -DVARIABLE= -DOUTPUT_DIR= -DPLAIN=
#   -DSECURITY_POLICY= -P musubi_write_inspector.cmake
# Collects the files of a program that has the inspector in DIRECTORY: those of INSPECTOR, the schema in
# OBJECT, and those of PAGE if that is not empty. Embeds them; see musubi_inspector.cmake.

cmake_policy(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/musubi_read_compiled_text.cmake")
read_compiled_text("${OBJECT}" musubi_add_inspector schema stores)
if(stores EQUAL 0)
  message(WARNING "musubi_add_inspector: the socket's roots contain no store; the inspector will be empty")
endif()

file(REMOVE_RECURSE "${DIRECTORY}")
file(COPY "${INSPECTOR}/" DESTINATION "${DIRECTORY}")
if(PAGE)
  file(RENAME "${DIRECTORY}/index.html" "${DIRECTORY}/inspector.html")
  if(EXISTS "${PAGE}/inspector" OR EXISTS "${PAGE}/inspector.html")
    message(FATAL_ERROR "musubi_add_inspector: ${PAGE} already has files that are called inspector")
  endif()
  file(COPY "${PAGE}/" DESTINATION "${DIRECTORY}")
endif()
file(WRITE "${DIRECTORY}/inspector/schema.json" "${schema}")

include("${CMAKE_CURRENT_LIST_DIR}/musubi_embed.cmake")
