#include <gtest/gtest.h>

#include <musubi/memory/internal/same_text.hpp>

namespace musubi {
namespace {

// Both ways, of which a program has one.
bool same(std::string_view text, const char* literal) {
  const bool short_way = same_text(text, literal);
  EXPECT_EQ(short_way, detail::same_text(text.data(), text.size(), literal)) << text;
  return short_way;
}

TEST(same_text, compares_every_letter_and_the_length) {
  EXPECT_TRUE(same("GET", "GET"));
  EXPECT_FALSE(same("GET", "GE"));
  EXPECT_FALSE(same("GE", "GET"));
  EXPECT_FALSE(same("gET", "GET"));
  EXPECT_FALSE(same("GEt", "GET"));
}

TEST(same_text, knows_an_empty_text_and_one_with_a_null_character) {
  EXPECT_TRUE(same("", ""));
  EXPECT_TRUE(same({}, ""));
  EXPECT_FALSE(same({}, "a"));
  EXPECT_FALSE(same(std::string_view("a\0", 2), "a"));
}

}  // namespace
}  // namespace musubi
