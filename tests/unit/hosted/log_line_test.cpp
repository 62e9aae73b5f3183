#include <gtest/gtest.h>
#include <string>

#include <musubi/hosted/internal/log_line.hpp>

namespace musubi::hosted {
namespace {

std::string shown(std::string_view text) {
  log_line line;
  line << text;
  return std::string(line.view());
}

std::string shown_quoted(std::string_view text) {
  log_line line;
  line << quoted{text};
  return std::string(line.view());
}

TEST(log_line, is_made_of_texts_and_numbers) {
  log_line line;
  line << "listening on " << 4000U << "/";
  EXPECT_EQ(line.view(), "listening on 4000/");
}

TEST(log_line, keeps_what_is_printable_in_every_language) {
  EXPECT_EQ(shown("Grüße, 世界, 🙂"), "Grüße, 世界, 🙂");
}

TEST(log_line, escapes_what_a_terminal_would_obey) {
  EXPECT_EQ(shown("a\nb\tc\x1b[31m\x7f"), "a\\x0ab\\x09c\\x1b[31m\\x7f");
  EXPECT_EQ(shown("\xC2\x9B"), "\\u009b");  // C1's own control sequence
  EXPECT_EQ(shown("a\xE2\x80\xAE"
                  "b"),
            "a\\u202eb");  // turns the direction of writing
  EXPECT_EQ(shown(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(log_line, escapes_what_is_no_utf8) {
  EXPECT_EQ(shown("\xFF"), "\\xff");
  EXPECT_EQ(shown("a\xC3"), "a\\xc3");
  EXPECT_EQ(shown("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // half of a surrogate pair
  EXPECT_EQ(shown("\xC0\x80"), "\\xc0\\x80");           // too long a form of NUL
}

TEST(log_line, lets_no_quoted_text_end_its_quotes) {
  EXPECT_EQ(shown_quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(shown_quoted(""), "\"\"");
}

TEST(log_line, cuts_a_long_quoted_text_between_two_characters) {
  const std::string ascii(200, 'x');
  EXPECT_EQ(shown_quoted(ascii), "\"" + std::string(log_line::quoted_bytes, 'x') + "…\"");
  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "世";
  std::string kept;
  for (int i = 0; i < 26; ++i) kept += "世";
  EXPECT_EQ(shown_quoted(wide), "\"" + kept + "…\"");
}

TEST(log_line, ends_with_an_ellipsis_where_it_is_full) {
  const std::string line = shown(std::string(5000, 'x'));
  EXPECT_LE(line.size(), log_line::capacity);
  EXPECT_GE(line.size(), log_line::capacity - 3);
  EXPECT_TRUE(line.ends_with("x…"));
  log_line longer;
  longer << std::string(5000, '\n') << "more";
  EXPECT_LE(longer.view().size(), log_line::capacity);
  EXPECT_TRUE(longer.view().ends_with("\\x0a…"));
}

}  // namespace
}  // namespace musubi::hosted
