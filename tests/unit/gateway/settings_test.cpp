#include "settings/settings.hpp"

#include <gtest/gtest.h>
#include <string>

namespace gateway {

TEST(a_name, loses_the_white_space_around_it) {
  EXPECT_EQ(checked_name("  Cellar \t").value().view(), "Cellar");
}

TEST(a_name, has_at_most_40_characters_of_any_script) {
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "\xF0\x9F\x8C\xBF";
  EXPECT_EQ(checked_name(forty).value().view(), forty);
  const auto longer = checked_name(forty + "x");
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().reason(), "a name has at most 40 characters");
  EXPECT_EQ(longer.error().field(), "name");
}

TEST(a_name, needs_a_character) {
  EXPECT_EQ(checked_name("").error().field(), "name");
  EXPECT_FALSE(checked_name(" \n "));
}

TEST(a_name, has_no_control_characters) {
  EXPECT_FALSE(checked_name("a\nb"));
  EXPECT_FALSE(checked_name("a\x1B[0m"));
  EXPECT_EQ(checked_name("a\x7F").error().code(), musubi::errc::refused);
}

TEST(a_period, is_a_tenth_of_a_second_to_a_minute) {
  EXPECT_TRUE(checked_period(100));
  EXPECT_TRUE(checked_period(60'000));
  EXPECT_EQ(checked_period(99).reason(), "the period is 100 to 60000 milliseconds");
  EXPECT_EQ(checked_period(60'001).field(), "milliseconds");
}

}  // namespace gateway
