#include "stores/door.hpp"
#include "stores/overview.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/access/visitor.hpp>
#include <musubi/testkit/mounted.hpp>

namespace gateway::test {
namespace {

using musubi::access::role;
using musubi::testkit::mounted;

/// A visitor of any role.
struct somebody : musubi::access::guest {
  using visitor = musubi::access::guest;
  somebody() = default;
  explicit somebody(role as) { (void)admit(door, as); }
};

/// Whether a visitor of that role may send the command. What comes of it is tested elsewhere.
template <class Command>
bool may(role as, const Command& command = {}) {
  mounted<overview, somebody> page({}, somebody(as));
  EXPECT_TRUE(page.ok());
  return page.dispatch(command).reason() != "forbidden";
}

}  // namespace

TEST(the_gateway, lets_an_admin_rename_it_and_nobody_else) {
  const overview::Rename command{.name = "Cellar"};
  EXPECT_FALSE(may(role::none, command));
  EXPECT_FALSE(may(role::viewer, command));
  EXPECT_FALSE(may(role::operator_, command));
  EXPECT_TRUE(may(role::admin, command));
}

template <class Command>
class a_command_of_operators : public testing::Test {};
using commands_of_operators =
    testing::Types<overview::SetPeriod, overview::Pause, overview::Resume, overview::ResetCounters>;
TYPED_TEST_SUITE(a_command_of_operators, commands_of_operators, );

TYPED_TEST(a_command_of_operators, is_not_for_those_who_look) {
  EXPECT_FALSE(may<TypeParam>(role::none));
  EXPECT_FALSE(may<TypeParam>(role::viewer));
  EXPECT_TRUE(may<TypeParam>(role::operator_));
  EXPECT_TRUE(may<TypeParam>(role::admin));
}

TEST(the_gateway, tells_a_page_what_it_may_do) {
  const mounted<overview, somebody> page({}, somebody(role::viewer));
  EXPECT_EQ(page.state().role, role::viewer);
  EXPECT_TRUE(page.state().user.empty());
}

}  // namespace gateway::test
