#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <string>

#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace musubi {
namespace {

TEST(text, is_empty_at_first) {
  const text<4> made;
  EXPECT_TRUE(made.empty());
  EXPECT_EQ(made.view(), "");
}

TEST(text, holds_as_many_bytes_as_its_capacity) {
  text<4> made;
  EXPECT_TRUE(made.assign("abcd"));
  EXPECT_EQ(made.view(), "abcd");
  EXPECT_EQ(made.size(), text<4>::capacity);
}

TEST(text, refuses_a_longer_value_and_stays_as_it_was) {
  text<4> made = "abc";
  EXPECT_FALSE(made.assign("vwxyz"));
  EXPECT_EQ(made.view(), "abc");
}

TEST(text, appends_what_fits) {
  text<4> made = "ab";
  EXPECT_TRUE(made.append("cd"));
  EXPECT_EQ(made.view(), "abcd");
  EXPECT_TRUE(made.append(""));
}

TEST(text, refuses_to_append_what_does_not_fit_and_stays_as_it_was) {
  text<4> made = "abc";
  EXPECT_FALSE(made.append("de"));
  EXPECT_EQ(made.view(), "abc");
}

TEST(text, holds_a_nul_as_any_other_byte) {
  const auto made = text<4>::from(std::string_view("a\0b", 3));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->view(), std::string_view("a\0b", 3));
}

TEST(text, is_made_of_a_value_that_fits) {
  const auto made = text<4>::from("abcd");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->view(), "abcd");
}

TEST(text, is_not_made_of_a_value_that_does_not_fit) {
  EXPECT_FALSE(text<4>::from("abcde"));
}

TEST(text, is_clipped_between_two_characters) {
  EXPECT_EQ(text<4>::clipped("abcde").view(), "abcd");
  EXPECT_EQ(text<4>::clipped("abc\u00E9").view(), "abc");
  EXPECT_EQ(text<4>::clipped("ab\u00E9e").view(), "ab\u00E9");
  EXPECT_EQ(text<4>::clipped("a\U0001F375").view(), "a");
  EXPECT_EQ(text<3>::clipped("\U0001F375").view(), "");
}

TEST(text, is_not_clipped_when_it_fits) {
  EXPECT_EQ(text<4>::clipped("\U0001F375").view(), "\U0001F375");
}

TEST(text, may_be_set_to_a_part_of_itself) {
  text<8> made = "abcdef";
  EXPECT_TRUE(made.assign(made.view().substr(2)));
  EXPECT_EQ(made.view(), "cdef");
}

TEST(text, may_be_assigned_to_itself) {
  text<8> made = "abc";
  const text<8>& same = made;
  made = same;
  EXPECT_EQ(made.view(), "abc");
}

TEST(text, compares_with_texts_of_any_capacity_views_and_literals) {
  const text<8> made = "abc";
  EXPECT_TRUE(made == text<8>("abc"));
  EXPECT_TRUE(made == text<16>("abc"));
  EXPECT_TRUE(made == "abc");
  EXPECT_TRUE("abc" == made);
  EXPECT_TRUE(made == std::string_view("abc"));
  EXPECT_TRUE(made == std::string("abc"));
  EXPECT_TRUE(made != "abcd");
  EXPECT_FALSE(made == "ab");
}

TEST(text, is_ordered_by_its_bytes) {
  EXPECT_LT(text<8>("ab"), text<8>("b"));
  EXPECT_LT(text<8>("ab"), text<8>("abc"));
  EXPECT_LT(text<8>("z"), text<4>("\u00E9"));  // bytes above 0x7F are not negative
}

TEST(text, takes_no_more_room_than_its_bytes_and_a_small_count) {
  EXPECT_EQ(sizeof(text<15>), 16U);
  EXPECT_EQ(sizeof(text<255>), 256U);
  EXPECT_EQ(sizeof(text<256>), 258U);
}

TEST(text, is_put_together_of_texts_and_integers) {
  EXPECT_EQ((text<40>::clipped("from ", -5, " to ", 35U, text<4>(" °C"))), "from -5 to 35 °C");
  EXPECT_EQ((text<41>::clipped(std::numeric_limits<std::int64_t>::min(), " ",
                               std::numeric_limits<std::uint64_t>::max())),
            "-9223372036854775808 18446744073709551615");
  EXPECT_EQ((text<8>::clipped(safe_integer(7), "")), "7");
}

TEST(text, ends_where_the_first_part_does_not_fit) {
  EXPECT_EQ((text<9>::clipped("at most ", 120, " of them")), "at most ");
  EXPECT_EQ((text<4>::clipped("abc", "°", "d")), "abc");
  EXPECT_EQ((text<4>::clipped("abc", "de")), "abcd");
}

TEST(text, can_be_a_constant) {
  static constexpr text<8> made = "abc";
  static constexpr text<8> copy = made;
  static_assert(copy == "abc" && text<8>().empty());
  EXPECT_EQ(copy.view(), "abc");
}

TEST(text, is_not_made_of_what_may_be_too_long) {
  static_assert(!std::is_convertible_v<std::string_view, text<4>>);
  SUCCEED();
}

}  // namespace
}  // namespace musubi
