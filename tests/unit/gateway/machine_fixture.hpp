#pragma once
/// A machine made of files, for the sensors to read.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <stdlib.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace gateway::test {

/// A folder of its own, removed at the end of the test.
class machine : public ::testing::Test {
 protected:
  explicit machine(const std::filesystem::path& base = std::filesystem::temp_directory_path()) {
    std::string pattern = (base / "gateway-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~machine() override { std::filesystem::remove_all(root_); }

  /// Where writing does not wait for a disk, if there is such a place.
  static std::filesystem::path in_memory() {
    const char* const shared = "/dev/shm";
    return ::access(shared, W_OK) == 0 ? shared : std::filesystem::temp_directory_path();
  }

  [[nodiscard]] file_tree files() const { return file_tree(root_.string()); }
  [[nodiscard]] std::filesystem::path at(std::string_view path) const {
    return root_ / path.substr(std::min(path.find_first_not_of('/'), path.size()));
  }
  void write(std::string_view path, std::string_view content) const {
    std::filesystem::create_directories(at(path).parent_path());
    std::ofstream(at(path), std::ios::binary) << content;
  }
  void remove(std::string_view path) const { std::filesystem::remove_all(at(path)); }
  void link(std::string_view path, std::string_view target) const {
    std::filesystem::create_directories(at(path).parent_path());
    std::filesystem::create_symlink(target, at(path));
  }

  /// Moves a clock on that stands still otherwise.
  clock::time_point after(std::chrono::milliseconds time) { return now_ += time; }

 private:
  std::filesystem::path root_;
  clock::time_point now_{std::chrono::hours(1)};
};

}  // namespace gateway::test
