#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/qr/terminal.hpp>

namespace musubi::qr {
namespace {

std::vector<std::string> lines_of(const std::string& drawn) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < drawn.size();) {
    const std::size_t end = drawn.find('\n', at);
    lines.push_back(drawn.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Two rows of modules, as characters: `#` where something is drawn.
void read(std::string_view line, std::string& upper, std::string& lower) {
  while (!line.empty()) {
    const bool is_block = line[0] != ' ';
    const std::string_view each = line.substr(0, is_block ? 3 : 1);
    upper += each == "\u2588" || each == "\u2580" ? '#' : ' ';
    lower += each == "\u2588" || each == "\u2584" ? '#' : ' ';
    line.remove_prefix(each.size());
  }
}

std::vector<std::string> rows_of(const std::vector<std::string>& lines) {
  std::vector<std::string> rows;
  for (const std::string& each : lines) {
    rows.resize(rows.size() + 2);
    read(each, rows[rows.size() - 2], rows[rows.size() - 1]);
  }
  return rows;
}

class a_drawn_code : public testing::Test {
 protected:
  code made = *code::of("http://192.0.2.7:4000/");
  std::size_t side = made.size() + 8;
};

TEST_F(a_drawn_code, has_two_modules_in_each_character_and_a_margin_of_four) {
  const auto rows = rows_of(lines_of(draw(made, colours::none)));
  ASSERT_EQ(rows.size(), side + 1);  // an odd number of modules
  for (std::size_t y = 0; y < side; ++y) {
    ASSERT_EQ(rows[y].size(), side);
    for (std::size_t x = 0; x < side; ++x) {
      const bool is_inside = x >= 4 && y >= 4 && x < side - 4 && y < side - 4;
      const bool is_dark = is_inside && made.is_dark(x - 4, y - 4);
      EXPECT_EQ(rows[y][x] == ' ', is_dark) << x << ' ' << y;  // the light is drawn
    }
  }
  EXPECT_EQ(rows.back(), std::string(side, ' '));
}

TEST_F(a_drawn_code, brings_its_own_black_and_white) {
  constexpr std::string_view begin = "\x1b[38;5;16;48;5;231m";
  constexpr std::string_view end = "\x1b[0m";
  auto lines = lines_of(draw(made, colours::own));
  for (std::string& each : lines) {
    ASSERT_TRUE(each.starts_with(begin) && each.ends_with(end));
    each = each.substr(begin.size(), each.size() - begin.size() - end.size());
  }
  const auto rows = rows_of(lines);
  const auto light = rows_of(lines_of(draw(made, colours::none)));
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) EXPECT_NE(rows[y][x], light[y][x]);  // the dark is drawn
  }
}

TEST(showing_a_code, leaves_an_output_that_is_no_terminal_alone) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(show("http://192.0.2.7:4000/"), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(showing_a_code, prints_it_and_its_url_if_it_is_always_wanted) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(show("http://192.0.2.7:4000/", showing::always), "");
  const std::string shown = testing::internal::GetCapturedStdout();
  const std::string code_alone = draw(*code::of("http://192.0.2.7:4000/"), colours::none);
  EXPECT_EQ(shown, code_alone + "Open on a phone: http://192.0.2.7:4000/\n");
}

TEST(showing_a_code, tells_what_is_missing_if_it_is_always_wanted) {
  EXPECT_EQ(show("", showing::always), "there is no URL to open");
  EXPECT_EQ(show(std::string(1000, 'u'), showing::always), "the URL is too long");
  EXPECT_EQ(show(std::string(1000, 'u')), "");
}

}  // namespace
}  // namespace musubi::qr
