# Install and export rules, for `find_package(musubi)`.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/musubi")
get_property(libraries GLOBAL PROPERTY MUSUBI_LIBRARIES)
get_property(header_folders GLOBAL PROPERTY MUSUBI_HEADER_FOLDERS)
get_property(dependencies GLOBAL PROPERTY MUSUBI_DEPENDENCIES)
list(JOIN dependencies " " dependencies)

# Of a build of one program, as the tutorial makes it, the other libraries are missing.
add_custom_target(musubi_libraries DEPENDS ${libraries})
install(CODE "execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND \"${CMAKE_COMMAND}\"
  --build \"${PROJECT_BINARY_DIR}\" --target musubi_libraries --config \"\${CMAKE_INSTALL_CONFIG_NAME}\")")
install(TARGETS ${libraries} EXPORT musubi)
foreach(folder IN LISTS header_folders)
  install(DIRECTORY "${folder}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(EXPORT musubi NAMESPACE musubi:: FILE musubiTargets.cmake DESTINATION "${package_dir}")

configure_package_config_file(cmake/musubiConfig.cmake.in musubiConfig.cmake
  INSTALL_DESTINATION "${package_dir}")
# Until 1.0, a minor version may change the interface.
write_basic_package_version_file(musubiConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES
    "${CMAKE_CURRENT_BINARY_DIR}/musubiConfig.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/musubiConfigVersion.cmake"
    cmake/musubi_assets.cmake
    cmake/musubi_compiled_text.cmake
    cmake/musubi_dependencies.cmake
    cmake/musubi_dev.cmake
    cmake/musubi_embed.cmake
    cmake/musubi_inspector.cmake
    cmake/musubi_program.cmake
    cmake/musubi_read_compiled_text.cmake
    cmake/musubi_sources.cmake
    cmake/musubi_typescript.cmake
    cmake/musubi_write_inspector.cmake
    cmake/musubi_write_typescript.cmake
  DESTINATION "${package_dir}")
install(DIRECTORY packages/inspector/dist/ DESTINATION "${package_dir}/inspector")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
