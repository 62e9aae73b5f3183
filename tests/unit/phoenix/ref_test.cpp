#include <gtest/gtest.h>
#include <string>

#include <musubi/phoenix/ref.hpp>

namespace musubi::phoenix {
namespace {

TEST(a_ref, is_null_or_a_text_even_an_empty_one) {
  EXPECT_FALSE(ref());
  EXPECT_FALSE(ref(std::nullopt));
  EXPECT_TRUE(ref(""));
  EXPECT_EQ(*ref("7"), "7");
  EXPECT_EQ(ref("12")->size(), 2U);
}

TEST(a_ref, equals_what_has_the_same_text) {
  EXPECT_EQ(ref("7"), std::string("7"));
  EXPECT_NE(ref("7"), ref("8"));
  EXPECT_NE(ref(""), ref(std::nullopt));
  EXPECT_EQ(ref(std::nullopt), ref());
}

TEST(a_ref, is_filled_and_emptied) {
  ref filled;
  filled.emplace() = "3";
  EXPECT_EQ(filled, "3");
  filled.reset();
  EXPECT_FALSE(filled);
}

}  // namespace
}  // namespace musubi::phoenix
