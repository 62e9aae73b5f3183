#include <gtest/gtest.h>
#include <string>

#include <musubi/access/internal/session_table.hpp>

namespace musubi::access {
namespace {

using namespace std::chrono_literals;

class a_session_table : public testing::Test {
 protected:
  static net::hmac_tag tag(std::uint8_t number) {
    net::hmac_tag made{};
    made[31] = number;
    return made;
  }
  static user named(std::string_view name, role as = role::viewer) {
    user made;
    (void)made.name.assign(name);
    made.role = as;
    (void)made.hash.assign("one");
    return made;
  }
  bool open(std::uint8_t number, std::string_view name, time_point now = {}) {
    return table.open(tag(number), named(name), now).ok();
  }
  bool has(std::uint8_t number, time_point now = {}) {
    return table.find(tag(number), now).number != 0;
  }

  session_table::session places[4];
  session_table table{places, 2};
};

TEST_F(a_session_table, finds_a_session_by_its_secret_alone) {
  ASSERT_TRUE(open(1, "ada"));
  EXPECT_TRUE(has(1));
  EXPECT_FALSE(has(2));
  EXPECT_FALSE(has(0));  // what a free place holds
}

TEST_F(a_session_table, ends_a_session_that_is_not_used) {
  table.lives(10min, 1h);
  ASSERT_TRUE(open(1, "ada"));
  EXPECT_TRUE(has(1, time_point(9min)));
  EXPECT_TRUE(has(1, time_point(18min)));
  EXPECT_FALSE(has(1, time_point(28min)));
  EXPECT_TRUE(table.end_old(time_point(28min)));
  EXPECT_EQ(table.used(), 0U);
}

TEST_F(a_session_table, ends_a_session_after_its_longest_life_however_it_is_used) {
  table.lives(10min, 1h);
  ASSERT_TRUE(open(1, "ada"));
  for (auto at = 0min; at < 60min; at += 5min) EXPECT_TRUE(has(1, time_point(at)));
  EXPECT_FALSE(has(1, time_point(60min)));
}

TEST_F(a_session_table, gives_a_users_own_idlest_session_for_another_one) {
  ASSERT_TRUE(open(1, "ada", time_point(1s)));
  ASSERT_TRUE(open(2, "ada", time_point(2s)));
  EXPECT_TRUE(has(1, time_point(3s)));
  ASSERT_TRUE(open(3, "ada", time_point(4s)));
  EXPECT_TRUE(has(1, time_point(5s)));
  EXPECT_FALSE(has(2, time_point(5s)));
  EXPECT_TRUE(has(3, time_point(5s)));
}

TEST_F(a_session_table, refuses_a_newcomer_when_it_is_full_and_ends_nobody_elses) {
  for (std::uint8_t i = 0; i < 4; ++i) ASSERT_TRUE(open(i + 1, "u" + std::to_string(i / 2)));
  const auto refused = table.open(tag(9), named("late"), {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().reason(), "sessions");
  for (std::uint8_t i = 0; i < 4; ++i) EXPECT_TRUE(has(i + 1));
  EXPECT_TRUE(open(9, "u0"));  // who has two already changes one
}

TEST_F(a_session_table, ends_the_sessions_of_whoever_is_gone_or_changed) {
  user ada = named("ada");
  user bob = named("bob");
  ASSERT_TRUE(table.open(tag(1), ada, {}).ok());
  ASSERT_TRUE(table.open(tag(2), bob, {}).ok());
  ASSERT_TRUE(table.open(tag(3), named("carl"), {}).ok());
  user_list users;
  ada.role = role::operator_;
  ASSERT_TRUE(users.put(ada) && users.put(bob));
  EXPECT_TRUE(table.end_changed(users));
  EXPECT_FALSE(has(1));
  EXPECT_TRUE(has(2));
  EXPECT_FALSE(has(3));
  (void)bob.hash.assign("another");
  ASSERT_TRUE(users.put(bob));
  EXPECT_TRUE(table.end_changed(users));
  EXPECT_FALSE(has(2));
}

TEST_F(a_session_table, does_not_take_a_new_session_for_an_old_one_in_its_place) {
  const session_ref old = *table.open(tag(1), named("ada"), {});
  table.end(*table.at(old));
  const session_ref fresh = *table.open(tag(2), named("bob"), {});
  EXPECT_EQ(fresh.place, old.place);
  EXPECT_EQ(table.at(old), nullptr);
  EXPECT_NE(table.at(fresh), nullptr);
}

}  // namespace
}  // namespace musubi::access
