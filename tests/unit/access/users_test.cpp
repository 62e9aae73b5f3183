#include "access_files.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/access/users.hpp>

namespace musubi::access {
namespace {

constexpr std::string_view hash = "$2b$04$abcdefghijklmnopqrstuuE8Wl9nXUmvLyr5Wl9nXUmvLyr5Wl9nX";
static_assert(hash.size() == password_hash::capacity);

std::string line(std::string_view name, std::string_view role) {
  return std::string(name) + " " + std::string(role) + " " + std::string(hash) + "\n";
}

TEST(a_list_of_users, is_read_line_by_line) {
  user_list users;
  const std::string text = "# a comment\n\n" + line("ada", "admin") + "bob\tviewer  " +
                           std::string(hash) + "\r\n" + line("carl.o-1@x", "operator");
  EXPECT_EQ(read_users(text, users).what, "");
  ASSERT_EQ(users.all().size(), 3U);
  EXPECT_EQ(users.find("ada")->role, role::admin);
  EXPECT_EQ(users.find("bob")->role, role::viewer);
  EXPECT_EQ(users.find("carl.o-1@x")->role, role::operator_);
  EXPECT_EQ(users.find("Ada"), nullptr);
  EXPECT_TRUE(users.has_admin());
}

TEST(a_list_of_users, may_lack_its_last_line_feed) {
  user_list users;
  std::string text = line("ada", "admin");
  text.pop_back();
  EXPECT_EQ(read_users(text, users).what, "");
  EXPECT_EQ(users.all().size(), 1U);
}

TEST(a_list_of_users, is_left_as_it_was_when_a_line_cannot_be_read) {
  user_list users;
  ASSERT_EQ(read_users(line("ada", "admin"), users).what, "");
  for (const std::string& wrong :
       {line("a:b", "admin"), line("b", "none"), line("b", "operator_"), line("b", "root"),
        std::string("b viewer\n"), std::string("b viewer *\n"), std::string("b\n"),
        "b viewer " + std::string(hash) + " more\n", line("b", "viewer") + line("b", "admin"),
        line(std::string(33, 'x'), "viewer")}) {
    const users_problem problem = read_users("\n" + wrong, users);
    EXPECT_NE(problem.what, "") << wrong;
    EXPECT_GE(problem.line, 2U) << wrong;
    EXPECT_EQ(users.all().size(), 1U);
  }
}

TEST(a_list_of_users, has_an_end) {
  std::string text;
  for (std::size_t i = 0; i < user_list::most; ++i) text += line("u" + std::to_string(i), "viewer");
  user_list users;
  EXPECT_EQ(read_users(text, users).what, "");
  EXPECT_EQ(read_users(text + line("one-more", "viewer"), users).what, "more than 64 users");
}

TEST(a_list_of_users, changes_and_loses_users) {
  user_list users;
  ASSERT_EQ(read_users(line("ada", "admin") + line("bob", "viewer"), users).what, "");
  user bob = *users.find("bob");
  bob.role = role::operator_;
  EXPECT_TRUE(users.put(bob));
  EXPECT_EQ(users.find("bob")->role, role::operator_);
  EXPECT_TRUE(users.remove("ada"));
  EXPECT_FALSE(users.remove("ada"));
  EXPECT_FALSE(users.has_admin());
  EXPECT_EQ(users.all().size(), 1U);
}

TEST(a_role, includes_those_before_it) {
  EXPECT_TRUE(includes(role::admin, role::operator_));
  EXPECT_TRUE(includes(role::operator_, role::viewer));
  EXPECT_FALSE(includes(role::viewer, role::operator_));
  EXPECT_FALSE(includes(role::none, role::viewer));
  EXPECT_EQ(to_text(role::operator_), "operator");
}

}  // namespace
}  // namespace musubi::access
