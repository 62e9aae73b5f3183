#include <gtest/gtest.h>

#include <musubi/store/command/commands.hpp>

namespace musubi::detail {
namespace {

struct SetTarget {
  int celsius;
};
struct ResetHTTPCounters {};
struct Reboot {
  struct Reply {
    int in_seconds;
  };
};
struct Rename {
  text<8> name;  // a field, not the command's name
};
struct Named {
  static constexpr std::string_view name = "own-name";
};
struct already_snake_2 {};

struct thermostat {
  struct Nested {};
  using commands = musubi::commands<Nested>;
};

TEST(command_names, are_the_types_in_snake_case) {
  EXPECT_EQ(command_name<SetTarget>, "set_target");
  EXPECT_EQ(command_name<ResetHTTPCounters>, "reset_http_counters");
  EXPECT_EQ(command_name<Reboot>, "reboot");
  EXPECT_EQ(command_name<thermostat::Nested>, "nested");
  EXPECT_EQ(command_name<already_snake_2>, "already_snake_2");
}

TEST(command_names, are_their_own_where_they_have_one) {
  EXPECT_EQ(command_name<Named>, "own-name");
  EXPECT_EQ(command_name<Rename>, "rename");
}

TEST(command_replies, are_the_nested_struct_or_empty) {
  static_assert(std::is_same_v<reply_of<Reboot>::type, Reboot::Reply>);
  static_assert(std::is_same_v<reply_of<SetTarget>::type, empty_reply>);
  SUCCEED();
}

TEST(commands, of_a_store_without_any_are_none) {
  static_assert(std::is_same_v<commands_of<SetTarget>::type, commands<>>);
  static_assert(std::is_same_v<commands_of<thermostat>::type, commands<thermostat::Nested>>);
  SUCCEED();
}

}  // namespace
}  // namespace musubi::detail
