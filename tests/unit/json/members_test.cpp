#include <array>
#include <gtest/gtest.h>

#include <musubi/json/internal/members.hpp>

namespace musubi::json {
namespace {

struct found {
  bool read = false;
  std::array<std::string_view, 3> values;
  std::uint32_t twice = 0;
};

found find(std::string_view text) {
  static constexpr std::string_view names[] = {"id", "name", "size"};
  found made;
  reader from(text);
  made.read = find_members(from, names, made.values.data(), made.twice);
  return made;
}

TEST(find_members, gives_the_texts_of_those_that_are_asked_for) {
  const found all = find(R"( {"size" : [1, 2], "other":{"id":0}, "id":"a"} )");
  EXPECT_TRUE(all.read);
  EXPECT_EQ(all.values[0], "\"a\"");
  EXPECT_EQ(all.values[1], "");
  EXPECT_EQ(all.values[2], "[1, 2]");
  EXPECT_EQ(all.twice, 0U);
}

TEST(find_members, knows_a_name_in_every_spelling) {
  EXPECT_EQ(find(R"({"\u0069d":1})").values[0], "1");
  EXPECT_EQ(find(R"({"i\u0064":1})").values[0], "1");
  EXPECT_EQ(find(R"({"Id":1,"id ":2,"id\u0000":3})").values[0], "");
}

TEST(find_members, tells_what_is_given_more_than_once_in_whatever_spelling) {
  EXPECT_EQ(find(R"({"id":1,"name":2,"id":1})").twice, 1U);
  EXPECT_EQ(find(R"({"id":1,"\u0069d":2,"size":0,"size":0,"size":0})").twice, 5U);
  EXPECT_EQ(find(R"({"other":1,"other":2})").twice, 0U);
}

TEST(find_members, finds_none_in_what_is_not_an_object) {
  for (const std::string_view text :
       {"[]", "null", "\"id\"", "", "{", R"({"id"})", R"({"id":})", R"({"id":1,})"}) {
    EXPECT_FALSE(find(text).read) << text;
  }
  EXPECT_TRUE(find("{}").read);
}

}  // namespace
}  // namespace musubi::json
