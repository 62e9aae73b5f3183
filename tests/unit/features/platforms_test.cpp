/// News for one store among many.

#include "platforms.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

TEST(a_station, tells_a_train_to_its_platform_alone) {
  musubi::testkit::mounted<station> page;
  (void)page.take_envelopes();
  EXPECT_TRUE(page.dispatch(station::Arrive{401, "Bergen", 2}).ok);
  EXPECT_EQ(page.state_of<platform>("platforms", "2")->train_from, "Bergen");
  EXPECT_FALSE(page.state_of<platform>("platforms", "1")->train_from);
  ASSERT_EQ(page.take_envelopes().size(), 1U);
}

TEST(a_station, has_three_platforms) {
  musubi::testkit::mounted<station> page;
  EXPECT_EQ(page.dispatch(station::Arrive{401, "Bergen", 4}).field(), "platform");
}

TEST(a_platform, can_be_told_of_a_train_by_a_test) {
  musubi::testkit::mounted<station> page;
  EXPECT_TRUE(page.send_update<platform>(train{401, "Bergen"}, "platforms", "3").ok());
  EXPECT_EQ(page.store_of<platform>("platforms", "3")->train_from, "Bergen");
}

}  // namespace
