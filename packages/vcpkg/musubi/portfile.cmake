# An overlay port, which builds the checkout that it is in: vcpkg install musubi --overlay-ports=<checkout>/packages/vcpkg
cmake_path(SET SOURCE_PATH NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../..")

vcpkg_check_features(OUT_FEATURE_OPTIONS features FEATURES tls MUSUBI_TLS)
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}" OPTIONS ${features}
  -DMUSUBI_MQTT=OFF -DMUSUBI_AVAHI=OFF -DMUSUBI_QRENCODE=OFF -DMUSUBI_BUILD_TESTS=OFF -DMUSUBI_BUILD_EXAMPLES=OFF -DMUSUBI_BUILD_BENCH=OFF
  -DMUSUBI_INSTALL=ON -DMUSUBI_WARNINGS_AS_ERRORS=OFF -DMUSUBI_FETCH_DEPENDENCIES=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME musubi CONFIG_PATH lib/cmake/musubi)
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
