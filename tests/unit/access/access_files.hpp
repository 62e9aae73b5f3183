#pragma once
/// Users for the tests, and a file of them.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>

#include <musubi/access/users_file.hpp>

namespace musubi::test {

/// One whose password is hashed in a moment.
inline access::user user_of(std::string_view name, access::role role, std::string_view password) {
  access::user made;
  EXPECT_TRUE(made.name.assign(name));
  made.role = role;
  const auto hash = access::hash_password(password, 4);
  EXPECT_TRUE(hash.ok());
  if (hash.ok()) made.hash = *hash;
  return made;
}

/// A folder of its own, removed at the end.
class access_files {
 public:
  access_files() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("musubi-access-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directory(folder_);
  }
  ~access_files() { std::filesystem::remove_all(folder_); }
  access_files(const access_files&) = delete;
  access_files& operator=(const access_files&) = delete;

  [[nodiscard]] std::string users() const { return (folder_ / "users").string(); }
  void write(std::string_view text,
             std::filesystem::perms mode = std::filesystem::perms{0600}) const {
    std::ofstream(users(), std::ios::binary) << text;
    std::filesystem::permissions(users(), mode);
  }
  [[nodiscard]] std::string text() const {
    std::ifstream file(users(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace musubi::test
