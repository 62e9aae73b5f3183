/// Push events, as a user tests them.

#include "doorbell.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

TEST(a_doorbell, chimes_everywhere_and_thanks_who_rang) {
  musubi::testkit::mounted<doorbell> outside;
  musubi::testkit::mounted<doorbell> inside;
  (void)outside.dispatch(doorbell::Ring{"Ada"});
  inside.run();

  EXPECT_EQ(outside.take_event<doorbell::Toast>()->message, "The bell has rung.");
  EXPECT_EQ(inside.take_event<doorbell::Chime>()->who, "Ada");
  EXPECT_FALSE(inside.take_event<doorbell::Toast>());
  EXPECT_EQ(inside.events(), 0U);
}

TEST(a_doorbell, tells_who_was_away_how_often_it_rang_and_no_more) {
  musubi::testkit::mounted<doorbell> outside;
  (void)outside.dispatch(doorbell::Ring{"Ada"});
  musubi::testkit::mounted<doorbell> later;
  EXPECT_EQ(later.state().rings, front_door.rings);
  EXPECT_EQ(later.events(), 0U);
}

}  // namespace
