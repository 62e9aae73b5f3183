#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/decode_error.hpp>

namespace musubi {
namespace {

std::string field_of(const decode_error& error) {
  return test::written([&](json::writer& to) { error.write_field(to); });
}

TEST(decode_error, tells_what_was_expected) {
  decode_error error;
  EXPECT_FALSE(error.expect("integer"));
  EXPECT_EQ(error.expected(), "integer");
  EXPECT_EQ(field_of(error), "");
}

TEST(decode_error, tells_the_path_from_the_outermost_step_to_the_innermost) {
  decode_error error;
  EXPECT_FALSE(error.expect("integer"));
  EXPECT_FALSE(error.within("celsius"));
  EXPECT_FALSE(error.within(std::size_t{2}));
  EXPECT_FALSE(error.within("schedule"));
  EXPECT_EQ(field_of(error), "schedule[2].celsius");
}

TEST(decode_error, begins_with_an_index_where_the_outermost_is_an_array) {
  decode_error error;
  (void)error.within(std::size_t{1});
  (void)error.within(std::size_t{0});
  EXPECT_EQ(field_of(error), "[0][1]");
}

TEST(decode_error, leaves_out_the_outermost_steps_of_a_path_that_is_too_deep) {
  decode_error error;
  for (std::size_t i = 0; i < decode_error::max_steps; ++i) (void)error.within("in");
  (void)error.within("out");
  EXPECT_EQ(field_of(error), "in.in.in.in.in.in.in.in");
}

TEST(decode_error, escapes_a_field_for_the_inside_of_a_json_string) {
  decode_error error;
  (void)error.within("a\"b");
  EXPECT_EQ(field_of(error), "a\\\"b");
}

}  // namespace
}  // namespace musubi
