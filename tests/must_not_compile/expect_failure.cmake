# cmake -DCOMPILER= -DFLAGS= -DINCLUDES= -DDEFINITIONS= -DPRECOMPILED= -DSOURCE= -P expect_failure.cmake

list(TRANSFORM INCLUDES PREPEND "-I")
list(TRANSFORM DEFINITIONS PREPEND "-D")
execute_process(
  COMMAND "${COMPILER}" ${FLAGS} ${DEFINITIONS} ${INCLUDES} -include "${PRECOMPILED}" -fsyntax-only "${SOURCE}"
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)

set(expected "")
file(STRINGS "${SOURCE}" lines REGEX "^// expect: ")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^// expect: " "" text "${line}")
  list(APPEND expected "${text}")
endforeach()

if(NOT expected)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "This control has no '// expect:' line and must compile:\n${output}")
  endif()
  return()
endif()
if(result EQUAL 0)
  message(FATAL_ERROR "This must not compile, and did.")
endif()
foreach(text IN LISTS expected)
  string(FIND "${output}" "${text}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "Compilation failed without saying \"${text}\":\n${output}")
  endif()
endforeach()
