#include "support/served.hpp"

#include <string>

#include <musubi/host/board_limits.hpp>

namespace musubi::test {
namespace {

struct lamp {
  static constexpr std::string_view module = "Test.Lamp";
  struct State {
    bool on;
  };
  struct Turn {};
  using commands = musubi::commands<Turn>;
  status handle(const Turn&, context&) {
    on = !on;
    return {};
  }
  State render() const { return {on}; }
  bool on = false;
};
struct lamp_socket {
  using roots = musubi::roots<lamp>;
};

TEST(limits_of_a_board, are_right_for_any_number_of_browsers) {
  for (std::uint32_t browsers = 1; browsers <= 64; ++browsers) {
    EXPECT_EQ(board_limits(browsers).violation(), "") << browsers;
    EXPECT_EQ(board_limits(browsers, 1).violation(), "") << browsers;
  }
}

TEST(limits_of_a_board, are_as_small_as_a_board_needs) {
  // twice what a target with 32 bits takes
  constexpr std::size_t four = basic_host<lamp_socket>::bytes(board_limits(4));
  EXPECT_LT(four, 32 * 1024U);
  EXPECT_LT(basic_host<lamp_socket>::bytes(board_limits(5)) - four, 2 * 1024U);
}

TEST(limits_of_a_board, let_as_many_browsers_in_as_they_say) {
  served<lamp_socket> server({.limits = board_limits(3)});
  browser one = server.open();
  browser two = server.open();
  browser three = server.open();
  for (browser* each : {&one, &two, &three}) {
    root on = each->mounted("Test.Lamp");
    const std::string ref = on.command("turn", "{}");
    EXPECT_EQ(each->next(), on.ok(ref));
    EXPECT_EQ(each->next(), on.patch(2, replace("/on", "true")));
  }
  EXPECT_EQ(server.connection().upgrade({}).status, 503);
}

}  // namespace
}  // namespace musubi::test
