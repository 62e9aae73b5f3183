#include "unit/memory/counted.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>

#include <musubi/memory/status.hpp>

namespace musubi {
namespace {

using test::counted;

TEST(status, is_a_success_by_default) {
  const status made;
  EXPECT_TRUE(made.ok());
  EXPECT_TRUE(static_cast<bool>(made));
  EXPECT_EQ(made.code(), errc::ok);
  EXPECT_EQ(made.reason(), "");
}

TEST(status, carries_a_refusal_its_reason_and_its_field) {
  const status made = refuse("too hot", "celsius");
  EXPECT_FALSE(made.ok());
  EXPECT_EQ(made.code(), errc::refused);
  EXPECT_EQ(made.reason(), "too hot");
  EXPECT_EQ(made.field(), "celsius");
}

TEST(status, carries_a_refusal_without_a_field) {
  EXPECT_EQ(refuse("closed").field(), "");
}

TEST(status, carries_a_reason_with_values_in_it) {
  status made;
  {
    const std::int32_t most = 35;
    made = refuse(reason_text::clipped("at most ", most, " °C, not ", -120), "celsius");
  }
  const status copy = made;
  made = {};
  EXPECT_EQ(copy.code(), errc::refused);
  EXPECT_EQ(copy.reason(), "at most 35 °C, not -120");
  EXPECT_EQ(copy.field(), "celsius");
  EXPECT_EQ(made.reason(), "");
}

TEST(status, carries_as_long_a_reason_as_it_has_room_for) {
  const std::string most(reason_text::capacity, 'x');
  EXPECT_EQ(refuse(*reason_text::from(most)).reason(), most);
  EXPECT_EQ(refuse(text<5>("short")).reason(), "short");
  EXPECT_EQ(refuse(reason_text()).reason(), "");
  constexpr status constant = refuse(text<8>("a text"));
  static_assert(constant.reason() == "a text");
}

TEST(status, tells_failures_and_empty_pools_apart) {
  EXPECT_EQ(fail("broke").code(), errc::failed);
  EXPECT_EQ(exhausted("pages").code(), errc::exhausted);
  EXPECT_EQ(exhausted("pages").reason(), "pages");
}

class results : public ::testing::Test {
 protected:
  void SetUp() override { counted::alive = 0; }
  void TearDown() override { EXPECT_EQ(counted::alive, 0); }
};

TEST(statuses, tell_a_reason_that_outlives_them) {
  EXPECT_EQ(fail("a literal").literal_reason(), "a literal");
  EXPECT_EQ(refuse(reason_text::clipped("at most ", 3)).literal_reason(), "");
  EXPECT_EQ(status().literal_reason(), "");
}

TEST_F(results, hold_a_value) {
  result<counted> made = counted(7);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->value, 7);
  EXPECT_EQ((*made).value, 7);
  EXPECT_EQ(made.value().value, 7);
  EXPECT_TRUE(made.error().ok());
  EXPECT_EQ(counted::alive, 1);
}

TEST_F(results, hold_an_error_in_its_place) {
  const result<counted> made = refuse("no", "field");
  EXPECT_FALSE(made);
  EXPECT_EQ(made.error().reason(), "no");
  EXPECT_EQ(counted::alive, 0);
}

TEST_F(results, made_of_a_success_without_a_value_are_failures) {
  const result<counted> made = status();
  EXPECT_FALSE(made.ok());
  EXPECT_EQ(made.error().code(), errc::failed);
}

TEST_F(results, lets_an_error_take_the_place_of_its_value) {
  result<counted> made = counted(7);
  made = refuse("no", "field");
  EXPECT_EQ(counted::alive, 0);
  made = made.error();
  EXPECT_EQ(made.error().reason(), "no");
  EXPECT_EQ(made.error().field(), "field");
  made = counted(8);
  made = made.error();
  EXPECT_EQ(made.error().code(), errc::failed);
  EXPECT_EQ(counted::alive, 0);
}

TEST_F(results, copy_and_move_what_they_hold) {
  const result<counted> made = counted(7);
  result<counted> copy = made;
  EXPECT_EQ(counted::alive, 2);
  const result<counted> moved = std::move(copy);
  ASSERT_TRUE(moved.ok() && copy.ok());
  EXPECT_EQ(moved->value, 7);
  EXPECT_EQ(copy->value, -1);  // NOLINT(bugprone-use-after-move): still holds a moved-from value
  const result<counted> error = result<counted>(fail("broke"));
  const result<counted> same = error;
  EXPECT_EQ(same.error().reason(), "broke");
}

TEST_F(results, change_from_value_to_error_and_back) {
  result<counted> made = counted(7);
  made = result<counted>(fail("broke"));
  EXPECT_EQ(counted::alive, 0);
  EXPECT_FALSE(made.ok());
  made = result<counted>(counted(8));
  EXPECT_EQ(counted::alive, 1);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->value, 8);
  const result<counted> other = counted(9);
  made = other;
  EXPECT_EQ(made->value, 9);
  EXPECT_EQ(counted::alive, 2);
}

TEST_F(results, may_be_assigned_to_themselves) {
  result<counted> made = counted(7);
  result<counted>& same = made;
  made = same;
  made = std::move(same);
  EXPECT_EQ(made->value, 7);
}

}  // namespace
}  // namespace musubi
