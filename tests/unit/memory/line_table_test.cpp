#include <gtest/gtest.h>

#include <musubi/memory/internal/line_table.hpp>

namespace musubi {
namespace {

constexpr std::string_view table = "404 Not Found\n1002 masked frame\n0 none\n";

TEST(line_table, gives_the_number_and_the_text_of_a_line) {
  EXPECT_EQ(line_at(table, 0).number, 404U);
  EXPECT_EQ(line_at(table, 0).text, "Not Found");
  EXPECT_EQ(line_at(table, 1).number, 1002U);
  EXPECT_EQ(line_at(table, 1).text, "masked frame");
  EXPECT_EQ(line_at(table, 2).number, 0U);
}

TEST(line_table, has_nothing_behind_its_last_line) {
  EXPECT_EQ(lines_of(table), 3U);
  EXPECT_TRUE(line_at(table, 3).text.empty());
  EXPECT_TRUE(line_at(table, static_cast<std::size_t>(-1)).text.empty());
  EXPECT_TRUE(line_at({}, 0).text.empty());
}

TEST(line_table, keeps_its_numbers_when_the_texts_for_people_are_left_out) {
  constexpr auto& bare = detail::bare_table<table>;
  EXPECT_EQ(std::string_view(bare.data(), bare.size()), "404 \n1002 \n0 \n");
  EXPECT_EQ(line_at({bare.data(), bare.size()}, 1).number, 1002U);
  EXPECT_TRUE(line_at({bare.data(), bare.size()}, 1).text.empty());
}

TEST(line_table, takes_words_one_by_one) {
  std::string_view words = "GET HEAD";
  EXPECT_EQ(take_word(words), "GET");
  EXPECT_EQ(take_word(words), "HEAD");
  EXPECT_TRUE(words.empty());
  EXPECT_EQ(take_word(words), "");
}

}  // namespace
}  // namespace musubi
