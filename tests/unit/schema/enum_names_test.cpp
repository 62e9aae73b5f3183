#include <cstdint>
#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/enum_names.hpp>

namespace musubi::detail {
namespace {

enum class mode { off, eco, comfort };
enum class sparse : std::int8_t { second = 1, last = 63 };
enum class beyond : std::uint8_t { inside = 3, outside = 64 };
enum class aliased { a, b, also_a = 0 };

enum class keyword { operator_, both_parts };

struct thermostat {
  enum class state { idle, heating_2 };
};

TEST(enum_names, are_those_of_the_source) {
  EXPECT_EQ(name_of_value(mode::off), "off");
  EXPECT_EQ(name_of_value(mode::comfort), "comfort");
  EXPECT_EQ(name_of_value(thermostat::state::heating_2), "heating_2");
}

TEST(enum_names, are_empty_where_a_value_has_none) {
  EXPECT_EQ(name_of_value(static_cast<mode>(3)), "");
  EXPECT_EQ(name_of_value(static_cast<mode>(-1)), "");
  EXPECT_EQ(name_of_value(static_cast<sparse>(0)), "");
  EXPECT_EQ(name_of_value(static_cast<sparse>(62)), "");
}

TEST(enum_names, reach_up_to_their_limit_and_no_further) {
  EXPECT_EQ(name_of_value(sparse::last), "last");
  EXPECT_EQ(name_of_value(beyond::inside), "inside");
  EXPECT_EQ(name_of_value(beyond::outside), "");
}

TEST(enum_names, leave_out_the_last_underscore_of_what_would_be_a_keyword) {
  EXPECT_EQ(name_of_value(keyword::operator_), "operator");
  EXPECT_EQ(name_of_value(keyword::both_parts), "both_parts");
  keyword found = keyword::both_parts;
  EXPECT_FALSE(value_of_name("operator_", found));
  EXPECT_TRUE(value_of_name("operator", found));
  EXPECT_EQ(found, keyword::operator_);
}

TEST(enum_names, find_values) {
  mode found = mode::off;
  EXPECT_TRUE(value_of_name("comfort", found));
  EXPECT_EQ(found, mode::comfort);
  sparse other = sparse::second;
  EXPECT_TRUE(value_of_name("last", other));
  EXPECT_EQ(other, sparse::last);
}

TEST(enum_names, find_no_value_for_another_name_and_leave_it_as_it_was) {
  mode found = mode::eco;
  for (const auto* name : {"", "Off", "off ", "mode::off", "3"}) {
    EXPECT_FALSE(value_of_name(name, found));
  }
  EXPECT_EQ(found, mode::eco);
  sparse other = sparse::last;
  EXPECT_FALSE(value_of_name("", other));  // not a value that was left out
}

TEST(enum_names, are_listed_for_whoever_is_refused) {
  EXPECT_EQ(one_of<mode>.view(), "one of off, eco, comfort");
  EXPECT_EQ(one_of<sparse>.view(), "one of second, last");
}

// Other tests of this program have an enum `mode` in an unnamed namespace too, with other names.
TEST(enum_names, of_unnamed_namespaces_stay_within_their_file) {
  std::string all;
  for (const mode value : {mode::off, mode::eco, mode::comfort}) all += name_of_value(value);
  EXPECT_EQ(all, "offecocomfort");
}

TEST(enum_names, have_one_name_where_two_values_are_equal) {
  const auto name = name_of_value(aliased::a);
  EXPECT_TRUE(name == "a" || name == "also_a");
  EXPECT_EQ(name_of_value(aliased::b), "b");
}

TEST(sentences, hold_numbers) {
  EXPECT_EQ((with_number<0>("a ", " b").view()), "a 0 b");
  EXPECT_EQ((with_number<65535>("string of at most ", " bytes").view()),
            "string of at most 65535 bytes");
}

}  // namespace
}  // namespace musubi::detail
