# cmake -DCOMPILER= -DFLAGS= -DINCLUDES= -DDEFINITIONS= -DPRECOMPILED= -P precompile.cmake
# Compiles the header PRECOMPILED to what `-include` takes in its place: g++ looks for a .gch, as does clang.

list(TRANSFORM INCLUDES PREPEND "-I")
list(TRANSFORM DEFINITIONS PREPEND "-D")
execute_process(
  COMMAND "${COMPILER}" ${FLAGS} ${DEFINITIONS} ${INCLUDES} -x c++-header "${PRECOMPILED}"
    -o "${PRECOMPILED}.gch"
  COMMAND_ERROR_IS_FATAL ANY)
