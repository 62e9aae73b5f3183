#pragma once
/// Where a test opens a Unix socket.

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace musubi::test {

/// A path for `name` that no other process uses: the same test may run in several at once.
inline std::string socket_path(std::string_view name) {
  return testing::TempDir() + "musubi-" + std::to_string(::getpid()) + "-" + std::string(name);
}

}  // namespace musubi::test
