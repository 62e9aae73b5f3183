#include "unit/json/random_json.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/members.hpp>

namespace musubi::json {
namespace {

/// What is found of three names in an object.
struct found_in_object {
  std::array<std::string_view, 3> values;
  std::uint32_t twice = 0;
  bool operator==(const found_in_object&) const = default;
};
constexpr std::string_view wanted_names[] = {"key", "a", ""};

found_in_object by_reading(std::string_view text) {
  found_in_object made;
  reader from(text);
  EXPECT_TRUE(find_members(from, wanted_names, made.values.data(), made.twice)) << text;
  return made;
}
found_in_object by_outline(const outline& parts) {
  found_in_object made;
  find_members(parts, wanted_names, made.values.data(), made.twice);
  return made;
}

TEST(an_outline, has_the_members_of_an_object_in_their_order) {
  reader from(R"( { "a" : [1, 2] ,"b":"x","c":{}} ,)");
  outline parts;
  EXPECT_EQ(from.raw(parts), R"({ "a" : [1, 2] ,"b":"x","c":{}})");
  ASSERT_TRUE(parts.whole);
  ASSERT_EQ(parts.count, 3U);
  EXPECT_EQ(parts.members[0].value, "[1, 2]");
  EXPECT_TRUE(parts.members[1].key == "b");
  EXPECT_EQ(parts.members[2].value, "{}");
}

TEST(an_outline, is_not_whole_of_more_members_than_it_has_room_for) {
  for (const auto& [text, whole] :
       {std::pair(R"({"a":1,"b":2,"c":3,"d":4})", true),
        std::pair(R"({"a":1,"b":2,"c":3,"d":4,"e":5})", false), std::pair("{}", true)}) {
    outline parts;
    EXPECT_EQ(reader(text).raw(parts), text);
    EXPECT_EQ(parts.whole, whole) << text;
  }
}

TEST(an_outline, is_not_whole_of_what_is_no_object_or_not_json) {
  outline parts;
  for (const std::string_view text : {"[]", "1", "\"{}\"", "null", "", "{", R"({"a":})"}) {
    parts.whole = true;
    (void)reader(text).raw(parts);
    EXPECT_FALSE(parts.whole) << text;
  }
}

TEST(an_outline, counts_the_object_itself_among_what_is_nested) {
  for (const std::size_t depth : {62U, 63U, 64U}) {
    const std::string text = "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
    outline parts;
    reader from(text);
    EXPECT_EQ(from.raw(parts).empty(), depth == 64);
    EXPECT_EQ(from.problem(), problem_of(text)) << depth;
  }
}

TEST(an_outline, changes_nothing_of_what_is_read) {
  test::random_json random(11);
  for (int i = 0; i < 20000; ++i) {
    std::string text = "{\"a\":" + random.value() + ",\"key\":" + random.value() + "}";
    if (i % 3 == 0) text = random.value();
    if (i % 4 != 0) text = random.damaged(text);
    reader plain(text);
    reader outlined(text);
    outline parts;
    ASSERT_EQ(outlined.raw(parts), plain.raw()) << text;
    ASSERT_EQ(outlined.problem(), plain.problem()) << text;
    ASSERT_EQ(outlined.finished(), plain.finished()) << text;
    ASSERT_TRUE(!parts.whole || by_outline(parts) == by_reading(text)) << text;
  }
}

}  // namespace
}  // namespace musubi::json
