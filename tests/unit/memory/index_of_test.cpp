#include <gtest/gtest.h>

#include <musubi/memory/internal/index_of.hpp>

namespace musubi {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

// Both ways, of which a program has one.
std::size_t place(std::string_view text, char wanted) {
  const std::size_t short_way = index_of(text, wanted);
  EXPECT_EQ(short_way, detail::index_of(text.data(), text.size(), wanted)) << text;
  return short_way;
}

TEST(index_of, is_the_first_place) {
  EXPECT_EQ(place("a:b:c", ':'), 1U);
  EXPECT_EQ(place(":", ':'), 0U);
  EXPECT_EQ(place("abc", ':'), nowhere);
  EXPECT_EQ(place({}, ':'), nowhere);
}

TEST(consists_of, looks_at_every_character) {
  EXPECT_TRUE(consists_of("0123456789", is_digit));
  EXPECT_FALSE(consists_of("12x", is_digit));
  EXPECT_TRUE(consists_of("", is_digit));
  EXPECT_TRUE(consists_of("azAZ", is_letter));
  for (const char* other : {"@", "[", "`", "{", "\xC1", "\xE1", " ", "0"}) {
    EXPECT_FALSE(consists_of(other, is_letter)) << other;
  }
}

struct taken {
  bool done;
  unsigned number;
  std::string_view rest;
};

taken take(std::string_view text, std::size_t most, unsigned greatest) {
  unsigned number = 0;
  const bool done = take_number(text, most, greatest, number);
  return {done, number, text};
}

TEST(take_number, takes_the_digits_in_front) {
  const taken front = take("255.1", 3, 255);
  EXPECT_TRUE(front.done);
  EXPECT_EQ(front.number, 255U);
  EXPECT_EQ(front.rest, ".1");
  EXPECT_EQ(take("0012", 4, 99).number, 12U);
}

TEST(take_number, takes_no_more_digits_than_it_may) {
  const taken two = take("1234", 2, 99);
  EXPECT_EQ(two.number, 12U);
  EXPECT_EQ(two.rest, "34");
}

TEST(take_number, refuses_what_is_no_number_or_too_great) {
  EXPECT_FALSE(take("", 3, 255).done);
  EXPECT_FALSE(take("-1", 3, 255).done);
  EXPECT_FALSE(take("x", 3, 255).done);
  EXPECT_FALSE(take("256", 3, 255).done);
  EXPECT_FALSE(take("99999999999999999999", 20, 65535).done);
}

}  // namespace
}  // namespace musubi
