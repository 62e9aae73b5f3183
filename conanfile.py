"""Conan 2: conan create . --build=missing"""

import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy


class Musubi(ConanFile):
    name = "musubi"
    version = "0.1.0"
    description = "Live, typed state from a device to its browsers: Musubi stores in C++20"
    license = "MIT"
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"tls": [True, False]}
    default_options = {"tls": False}
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "core/*", "packages/inspector/dist/*", "port/*", "tools/*"

    def requirements(self):
        for reference in "asio/1.30.2", "cjson/1.7.18", "mbedtls/3.6.0", "wslay/1.1.1":
            self.requires(reference, transitive_headers=True)
        if self.options.tls:
            self.requires("openssl/[>=3 <4]", transitive_headers=True)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)  # tells CMake where the requirements are, for find_path and find_library
        toolchain.cache_variables.update({f"MUSUBI_{name}": value for name, value in {
            "TLS": "ON" if self.options.tls else "OFF", "MQTT": "OFF", "AVAHI": "OFF", "QRENCODE": "OFF",
            "BUILD_TESTS": "OFF", "BUILD_EXAMPLES": "OFF", "BUILD_BENCH": "OFF", "INSTALL": "ON",
            "WARNINGS_AS_ERRORS": "OFF", "FETCH_DEPENDENCIES": "OFF",
        }.items()})
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):  # users find musubiConfig.cmake, which names its targets and what they need
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "musubi")]
