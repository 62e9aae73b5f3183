# Adds core and port to the build of an SDK, whose project Musubi is then a part of: no tests, no
# installation, no programs of its own. Include it after the options of musubi_platform.cmake and the targets
# musubi::deps_<name> are as the SDK has them. Only libraries that are linked are built.

foreach(option IN ITEMS BUILD_TESTS BUILD_EXAMPLES BUILD_BENCH INSTALL WARNINGS_AS_ERRORS HARDEN UNITY)
  set(MUSUBI_${option} OFF)
endforeach()
set(MUSUBI_TLS OFF)
set(MUSUBI_MQTT OFF)
set(PROJECT_IS_TOP_LEVEL OFF) # that of the SDK's project

cmake_path(SET _musubi NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/..")
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
option(MUSUBI_FETCH_DEPENDENCIES "Download a dependency that the SDK lacks" ON)
foreach(module IN ITEMS platform unity build dependencies assets inspector typescript)
  include(musubi_${module})
endforeach()
musubi_choose_library(TLS openssl openssl/ssl.h ssl)
musubi_choose_library(MQTT mosquitto mosquitto.h mosquitto Linux)
add_subdirectory("${_musubi}/core" musubi/core EXCLUDE_FROM_ALL)
add_subdirectory("${_musubi}/port" musubi/port EXCLUDE_FROM_ALL)
