#include "stores/house_store.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace house {
namespace {

class a_house : public testing::Test {
 protected:
  a_house() {
    all_zones.clear();
    for (zone* each : {all_zones.add("kitchen"), all_zones.add("cellar")}) each->state.set({});
  }
  static void is_live(std::string_view name, bool heating) {
    all_zones.find(name)->state.set(
        {.link = contact::live, .why = {}, .age = {}, .last = climate{.heating = heating}});
  }
  static void is_away(std::string_view name) {
    all_zones.find(name)->state.update([](zone_state& now) { now.link = contact::stale; });
  }
};

TEST_F(a_house, lists_its_thermostats_in_the_order_of_the_command_line) {
  const musubi::testkit::mounted<house_store> page;
  ASSERT_EQ(page.state().zones.size(), 2U);
  EXPECT_EQ(page.state().zones[0], "kitchen");
  EXPECT_EQ(page.state().zones[1], "cellar");
  EXPECT_EQ(page.state().live, 0);
}

TEST_F(a_house, counts_those_that_are_live_and_of_them_those_that_heat) {
  musubi::testkit::mounted<house_store> page;
  is_live("kitchen", true);
  is_live("cellar", false);
  page.run();
  EXPECT_EQ(page.state().live, 2);
  EXPECT_EQ(page.state().heating, 1);
  is_away("kitchen");
  page.run();
  EXPECT_EQ(page.state().live, 1);
  EXPECT_EQ(page.state().heating, 0);
}

TEST_F(a_house, has_each_name_once_and_sixteen_at_most) {
  EXPECT_EQ(all_zones.add("kitchen"), nullptr);
  for (int i = 3; i <= 16; ++i) {
    EXPECT_NE(all_zones.add(zone_name::clipped("zone ", i)), nullptr);
  }
  EXPECT_EQ(all_zones.add("one more"), nullptr);
}

}  // namespace
}  // namespace house
