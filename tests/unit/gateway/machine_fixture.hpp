#pragma once
/// A machine made of files, for the sensors to read.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <stdlib.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace gateway::test {

/// While it lives, this process can open nothing more, as when its limit is reached.
class no_descriptors {
 public:
  no_descriptors() {
    if (::getrlimit(RLIMIT_NOFILE, &before_) != 0) std::abort();
    rlimit none = before_;
    none.rlim_cur = 0;
    if (::setrlimit(RLIMIT_NOFILE, &none) != 0) std::abort();
  }
  no_descriptors(const no_descriptors&) = delete;
  no_descriptors& operator=(const no_descriptors&) = delete;
  ~no_descriptors() { (void)::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

/// A folder of its own, removed at the end of the test.
class machine : public ::testing::Test {
 protected:
  explicit machine(const std::filesystem::path& base = std::filesystem::temp_directory_path()) {
    std::string pattern = (base / "gateway-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~machine() override {
    for (const int writer : writers_) ::close(writer);
    std::filesystem::remove_all(root_);
  }

  /// Where writing does not wait for a disk, if there is such a place.
  static std::filesystem::path in_memory() {
    const char* const shared = "/dev/shm";
    return ::access(shared, W_OK) == 0 ? shared : std::filesystem::temp_directory_path();
  }

  [[nodiscard]] file_tree files() const { return file_tree(root_.string()); }
  /// What one look tells.
  template <class Read>
  [[nodiscard]] auto read(const Read& one) const {
    const file_tree here = files();
    file_reader reader(here);
    return one(reader);
  }
  [[nodiscard]] std::filesystem::path at(std::string_view path) const {
    return root_ / path.substr(std::min(path.find_first_not_of('/'), path.size()));
  }
  void write(std::string_view path, std::string_view content) const {
    std::filesystem::create_directories(at(path).parent_path());
    if (std::filesystem::is_fifo(at(path))) remove(path);
    std::ofstream(at(path), std::ios::binary) << content;
  }
  /// A file that is there and answers with an error, until it is written: EAGAIN, as of a sensor
  /// whose bus is busy.
  void fail(std::string_view path) {
    std::filesystem::create_directories(at(path).parent_path());
    remove(path);
    if (::mkfifo(at(path).c_str(), 0600) != 0) std::abort();
    // With a writer that has nothing to say.
    writers_.push_back(::open(at(path).c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
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
  std::vector<int> writers_;
  clock::time_point now_{std::chrono::hours(1)};
};

}  // namespace gateway::test
