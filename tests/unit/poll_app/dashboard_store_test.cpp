#include "stores/dashboard_store.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace poll_app {
namespace {

class a_dashboard : public testing::Test {
 protected:
  a_dashboard() { the_polls = polls(); }

  using page_type = musubi::testkit::mounted<dashboard_store>;
  static auto cards(const page_type& page) { return page.items<&dashboard_store::State::polls>(); }
};

TEST_F(a_dashboard, has_a_card_for_each_poll) {
  const page_type page;
  ASSERT_EQ(cards(page).size(), 6U);
  EXPECT_EQ(cards(page).front().title, "What should we eat?");
  EXPECT_EQ(cards(page)[4].option_count, 3);
  EXPECT_EQ(page.state().header.active_count, 6);
  EXPECT_EQ(page.state().header.total_count, 6);
}

TEST_F(a_dashboard, shows_a_change_of_a_poll_in_its_place) {
  page_type page;
  poll& work = *the_polls.find("work-poll");
  ASSERT_TRUE(work.cast("ada", "hybrid").ok());
  work.status = poll_status::closed;
  page.publish(poll_updates, {work.id});

  ASSERT_EQ(cards(page).size(), 6U);
  EXPECT_EQ(cards(page)[3].id, "work-poll");
  EXPECT_EQ(cards(page)[3].status, poll_status::closed);
  EXPECT_EQ(cards(page)[3].total_votes, 1);
  EXPECT_EQ(page.state().header.active_count, 5);
  EXPECT_EQ(page.state().header.closed_count, 1);
}

}  // namespace
}  // namespace poll_app
