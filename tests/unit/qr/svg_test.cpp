#include <cstdio>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/qr/svg.hpp>

namespace musubi::qr {
namespace {

/// What lies between two pieces of the text.
std::string between(const std::string& text, std::string_view before, std::string_view after) {
  const std::size_t begin = text.find(before);
  if (begin == std::string::npos) return {};
  const std::size_t end = text.find(after, begin + before.size());
  return text.substr(begin + before.size(), end - begin - before.size());
}

/// The modules that the second path of the image paints: "M x y h n v1 h-n z", again and again.
std::vector<std::vector<bool>> painted(const std::string& image, std::size_t side) {
  std::vector<std::vector<bool>> rows(side, std::vector<bool>(side));
  const std::string path = between(image, "<path d=\"", "\"");
  for (std::size_t at = 0; at < path.size();) {
    std::size_t x = 0;
    std::size_t y = 0;
    std::size_t length = 0;
    int used = 0;
    EXPECT_EQ(std::sscanf(&path[at], "M%zu %zuh%zuv1%n", &x, &y, &length, &used), 3);
    const std::string back = "h-" + std::to_string(length) + "z";
    at += static_cast<std::size_t>(used);
    EXPECT_EQ(path.substr(at, back.size()), back);
    at += back.size();
    for (std::size_t i = 0; i < length; ++i) rows.at(y).at(x + i) = true;
  }
  return rows;
}

TEST(an_image_of_a_code, paints_its_dark_modules_inside_a_margin) {
  const auto made = code::of("http://192.0.2.7:4000/#token=abc");
  ASSERT_TRUE(made);
  const std::size_t side = made->size() + 2 * code::margin;
  const std::string image = svg(*made, "x");
  EXPECT_EQ(between(image, "viewBox=\"", "\""),
            "0 0 " + std::to_string(side) + " " + std::to_string(side));
  const auto rows = painted(image, side);
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) {
      EXPECT_EQ(rows[y][x], made->is_dark(x - code::margin, y - code::margin)) << x << ", " << y;
    }
  }
}

TEST(an_image_of_a_code, is_white_behind_it_whatever_the_page_is) {
  const auto made = code::of("a");
  ASSERT_TRUE(made);
  EXPECT_NE(svg(*made, "x").find(R"(<path fill="#fff" d="M0 0h29v29H0z"/>)"), std::string::npos);
}

TEST(an_image_of_a_code, has_a_title_that_can_contain_anything) {
  const auto made = code::of("a");
  ASSERT_TRUE(made);
  const std::string image = svg(*made, "a<b>&\"c\"\n</title>");
  EXPECT_EQ(between(image, "role=\"img\"", "<path"),
            " shape-rendering=\"crispEdges\"><title>a&lt;b&gt;&amp;\"c\"&lt;/title&gt;</title>");
}

}  // namespace
}  // namespace musubi::qr
