#include "access_files.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include <musubi/access/users_file.hpp>

namespace musubi::access {
namespace {

class a_file_of_users : public testing::Test {
 protected:
  std::string load() { return std::string(file.load(users).view()); }

  test::access_files files;
  users_file file{files.users()};
  user_list users;
};

TEST_F(a_file_of_users, is_saved_for_its_owner_alone_and_read_again) {
  ASSERT_TRUE(users.put(test::user_of("ada", role::admin, "correct horse")));
  EXPECT_EQ(file.save(users).view(), "");
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(files.users()).permissions(), perms{0600});
  EXPECT_EQ(files.text().find("correct"), std::string::npos);
  users = {};
  EXPECT_EQ(load(), "");
  ASSERT_NE(users.find("ada"), nullptr);
  EXPECT_TRUE(is_password("correct horse", users.find("ada")->hash));
}

TEST_F(a_file_of_users, is_not_read_when_others_may_read_it) {
  for (const unsigned mode : {0640U, 0604U, 0620U, 0666U}) {
    files.write("", std::filesystem::perms{mode});
    EXPECT_EQ(load(), "others may read or change it: chmod 600");
  }
}

TEST_F(a_file_of_users, says_what_is_wrong_with_it) {
  EXPECT_FALSE(file.is_there());
  EXPECT_EQ(load(), "it cannot be opened: No such file or directory");
  files.write("ada admin\n");
  EXPECT_EQ(load(), "line 1: not a bcrypt hash ($2b$)");
  files.write(std::string(user_list::longest_text + 1, '\n'));
  EXPECT_EQ(load(), "it is longer than 16384 bytes");
  users_file folder("/tmp");
  EXPECT_NE(folder.load(users).view(), "");
  users_file device("/dev/null");
  EXPECT_EQ(device.load(users).view(), "it is not a regular file");
}

TEST_F(a_file_of_users, knows_whether_it_has_changed) {
  files.write("");
  EXPECT_TRUE(file.has_changed());
  EXPECT_EQ(load(), "");
  EXPECT_FALSE(file.has_changed());
  files.write("# longer\n");
  EXPECT_TRUE(file.has_changed());
  EXPECT_EQ(load(), "");
  EXPECT_EQ(file.save(users).view(), "");
  EXPECT_TRUE(file.has_changed());
}

}  // namespace
}  // namespace musubi::access
