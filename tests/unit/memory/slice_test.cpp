#include <gtest/gtest.h>

#include <musubi/memory/slice.hpp>

namespace musubi {
namespace {

TEST(slice, is_a_part_of_the_text) {
  EXPECT_EQ(slice("kitchen", 1, 3), "itc");
  EXPECT_EQ(slice("kitchen", 4), "hen");
  EXPECT_EQ(slice("kitchen", 0, 0), "");
}

TEST(slice, ends_where_the_text_does) {
  EXPECT_EQ(slice("abc", 1, 100), "bc");
  EXPECT_EQ(slice("abc", 3), "");
  EXPECT_EQ(slice("abc", 100), "");
  EXPECT_EQ(slice("abc", std::string_view::npos, 1), "");
  EXPECT_EQ(slice({}, 1), "");
}

TEST(slice, of_a_text_that_is_there_is_there) {
  const std::string_view text = "abc";
  EXPECT_EQ(slice(text, 3).data(), text.data() + 3);
}

}  // namespace
}  // namespace musubi
