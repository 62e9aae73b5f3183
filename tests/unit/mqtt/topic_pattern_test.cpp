#include <gtest/gtest.h>
#include <string>

#include <musubi/mqtt/internal/topic_pattern.hpp>

namespace musubi::mqtt {
namespace {

constexpr auto knows_site = [](std::string_view name) { return name == "site"; };

topic_pattern pattern_of(std::string_view text) {
  topic_pattern made;
  EXPECT_EQ(made.assign(text, knows_site), "");
  return made;
}
std::string filled(const topic_pattern& with, std::string_view site) {
  topic_text into;
  const bool fits =
      with.fill(into, [&](std::string_view, level_text& level) { return level.assign(site); });
  return fits ? std::string(into.view()) : "nothing";
}

TEST(topic_pattern, is_filled_with_fields) {
  EXPECT_EQ(filled(pattern_of("plant/{site}/reading"), "north"), "plant/north/reading");
  EXPECT_EQ(filled(pattern_of("{site}"), "north"), "north");
  EXPECT_EQ(filled(pattern_of("plant/reading"), "north"), "plant/reading");
}

TEST(topic_pattern, is_subscribed_to_with_a_wildcard_for_each_field) {
  EXPECT_EQ(pattern_of("plant/{site}/reading").filter(), "plant/+/reading");
  EXPECT_EQ(pattern_of("plant/reading").filter(), "plant/reading");
}

TEST(topic_pattern, matches_the_topics_that_it_makes_and_no_other) {
  const topic_pattern plant = pattern_of("plant/{site}/reading");
  EXPECT_TRUE(plant.matches("plant/north/reading"));
  for (const char* other : {"plant/north", "plant/north/reading/1", "plant//reading", "plant",
                            "garden/north/reading", "plant/north/Reading", ""}) {
    EXPECT_FALSE(plant.matches(other)) << other;
  }
}

TEST(topic_pattern, refuses_a_field_that_would_be_another_level_or_a_wildcard) {
  const topic_pattern plant = pattern_of("plant/{site}");
  for (const char* site : {"", "a/b", "+", "#", "a#", "$SYS", "a\nb"}) {
    EXPECT_EQ(filled(plant, site), "nothing") << site;
  }
  EXPECT_EQ(filled(pattern_of(std::string(140, 'p') + "/{site}"), std::string(40, 's')), "nothing");
}

TEST(topic_pattern, says_what_is_wrong_with_it) {
  topic_pattern made;
  EXPECT_EQ(made.assign("plant/{place}", knows_site), "names a field that does not exist");
  for (const char* wrong : {"", "plant/", "/plant", "plant//x", "plant/+", "#", "pl{site}", "{}"}) {
    EXPECT_EQ(made.assign(wrong, knows_site), "has an empty level, a wildcard or a stray brace")
        << wrong;
  }
  EXPECT_EQ(made.assign(std::string(161, 'p'), knows_site), "is too long");
}

}  // namespace
}  // namespace musubi::mqtt
