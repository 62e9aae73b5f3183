# Text that the compiler assembles from a program's declarations (core/typescript), for
# musubi_add_typescript and musubi_add_inspector. It is a constant in an object file, which is read and
# never linked. No program has to run, so this works the same when cross compiling, with the program's own
# compiler, definitions and flags. musubi_read_compiled_text.cmake reads it.

include_guard(GLOBAL)

# Adds the object library <object>: <code>, after the headers, compiled like a source of <target>.
function(_musubi_compiled_text object target code)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "SOURCE" "FROM")
  set(includes "")
  foreach(header IN LISTS arg_FROM)
    cmake_path(ABSOLUTE_PATH header NORMALIZE)
    string(APPEND includes "#include \"${header}\"\n")
  endforeach()
  file(CONFIGURE OUTPUT "${arg_SOURCE}" @ONLY CONTENT "@includes@@code@")

  # Without optimization, so that the object contains the constant as plain text.
  add_library(${object} OBJECT EXCLUDE_FROM_ALL "${arg_SOURCE}")
  foreach(property IN ITEMS INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FEATURES)
    set_property(TARGET ${object} PROPERTY ${property} "$<TARGET_PROPERTY:${target},${property}>")
  endforeach()
  target_link_libraries(${object} PRIVATE musubi::typescript "$<TARGET_PROPERTY:${target},LINK_LIBRARIES>")
  target_compile_options(${object} PRIVATE -w -O0 -g0 -U_FORTIFY_SOURCE -fno-lto
    $<$<CXX_COMPILER_ID:GNU>:-fconstexpr-ops-limit=2147483647>
    $<$<CXX_COMPILER_ID:GNU>:-fconstexpr-loop-limit=2147483647>
    $<$<CXX_COMPILER_ID:Clang,AppleClang>:-fconstexpr-steps=2147483647>)
  set_target_properties(${object} PROPERTIES
    INTERPROCEDURAL_OPTIMIZATION OFF UNITY_BUILD OFF EXPORT_COMPILE_COMMANDS OFF
    CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_INCLUDE_WHAT_YOU_USE "")
  # The headers may need the dependencies of <target>, such as the files that musubi_add_assets generates.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL _musubi_compiled_text_order ${target} ${object})")
endfunction()

function(_musubi_compiled_text_order target object)
  get_target_property(before ${target} MANUALLY_ADDED_DEPENDENCIES)
  if(before)
    list(FILTER before EXCLUDE REGEX "^${target}_(inspector|typescript)") # made of such objects themselves
  endif()
  if(before)
    add_dependencies(${object} ${before})
  endif()
endfunction()
