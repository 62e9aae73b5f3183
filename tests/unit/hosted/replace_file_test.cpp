#include <cerrno>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <musubi/hosted/replace_file.hpp>

namespace musubi::hosted {
namespace {

class replace_file_test : public testing::Test {
 protected:
  replace_file_test() {
    char name[] = "/tmp/musubi_replace_file_XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~replace_file_test() override { std::filesystem::remove_all(folder_); }

  std::string path(const char* name = "kept") const { return folder_ + "/" + name; }
  static std::string content(const std::string& of) {
    std::ifstream file(of, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool is_alone() const {
    const std::filesystem::directory_iterator files(folder_);
    return std::distance(begin(files), end(files)) == 1;
  }

  std::string folder_;
};

TEST_F(replace_file_test, writes_a_file_that_only_its_owner_may_read) {
  EXPECT_EQ(replace_file(path(), "first"), 0);
  EXPECT_EQ(content(path()), "first");
  struct stat seen {};
  ASSERT_EQ(::stat(path().c_str(), &seen), 0);
  EXPECT_EQ(seen.st_mode & 0777U, 0600U);
}

TEST_F(replace_file_test, replaces_the_file_and_leaves_nothing_beside_it) {
  ASSERT_EQ(replace_file(path(), "a long first text"), 0);
  ASSERT_EQ(replace_file(path(), "second"), 0);
  EXPECT_EQ(content(path()), "second");
  EXPECT_TRUE(is_alone());
}

TEST_F(replace_file_test, overwrites_what_a_killed_program_left) {
  std::ofstream(path("kept.new")) << "half of";
  EXPECT_EQ(replace_file(path(), "whole"), 0);
  EXPECT_EQ(content(path()), "whole");
  EXPECT_TRUE(is_alone());
}

TEST_F(replace_file_test, does_not_write_through_a_link) {
  ASSERT_EQ(replace_file(path("other"), "other"), 0);
  ASSERT_EQ(::symlink(path("other").c_str(), path("kept.new").c_str()), 0);
  EXPECT_EQ(replace_file(path(), "mine"), 0);
  EXPECT_EQ(content(path("other")), "other");
  EXPECT_EQ(content(path()), "mine");
}

TEST_F(replace_file_test, says_that_there_is_no_folder) {
  EXPECT_EQ(replace_file(folder_ + "/none/kept", "text"), ENOENT);
}

TEST_F(replace_file_test, leaves_a_folder_of_that_name_alone) {
  std::filesystem::create_directories(path() + "/inside");
  EXPECT_EQ(replace_file(path(), "text"), EISDIR);
  EXPECT_TRUE(is_alone());
}

}  // namespace
}  // namespace musubi::hosted
