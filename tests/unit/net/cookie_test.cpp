#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/cookie.hpp>

namespace musubi::net::http {
namespace {

std::string cookie(std::string_view field, std::string_view name, std::size_t room_size = 64) {
  std::string buffer(room_size, '?');
  std::span<char> room{buffer};
  std::string_view out;
  switch (find_cookie(field, name, room, out)) {
    case decode_outcome::ok:
      return std::string{out};
    case decode_outcome::absent:
      return "(absent)";
    case decode_outcome::malformed:
      return "(malformed)";
    case decode_outcome::no_room:
      return "(no room)";
  }
  return "?";
}

TEST(cookie, finds_a_cookie_by_name) {
  const std::string_view field = "_key=SFMyNTY.g3Q==; theme=dark;empty=; q=\"a b\"";
  EXPECT_EQ(cookie(field, "_key"), "SFMyNTY.g3Q==");
  EXPECT_EQ(cookie(field, "theme"), "dark");
  EXPECT_EQ(cookie(field, "empty"), "");
  EXPECT_EQ(cookie(field, "q"), "\"a b\"");
}

TEST(cookie, tells_names_apart) {
  EXPECT_EQ(cookie("theme=dark", "them"), "(absent)");
  EXPECT_EQ(cookie("theme=dark", "Theme"), "(absent)");
  EXPECT_EQ(cookie("a=theme=dark", "theme"), "(absent)");
  EXPECT_EQ(cookie("", "theme"), "(absent)");
}

TEST(cookie, takes_the_first_of_a_repeated_name) {
  EXPECT_EQ(cookie("a=1; a=2", "a"), "1");
}

TEST(cookie, decodes_escapes_but_not_pluses) {
  EXPECT_EQ(cookie("name=ada%20+%c3%a9", "name"), "ada +é");
}

TEST(cookie, refuses_bad_escapes_and_small_rooms) {
  EXPECT_EQ(cookie("name=%zz", "name"), "(malformed)");
  EXPECT_EQ(cookie("name=%ff", "name"), "(malformed)");
  EXPECT_EQ(cookie("name=%41%41", "name", 1), "(no room)");
}

TEST(cookie, is_not_disturbed_by_another_cookie) {
  EXPECT_EQ(cookie("other=%zz; name=fine", "name"), "fine");
}

TEST(cookie, skips_parts_that_are_no_cookies) {
  cookie_cursor cursor{"; a ;=x; b = 1 ;;c=2"};
  cookie_pair pair;
  std::vector<std::string> seen;
  while (cursor.next(pair)) seen.push_back(std::string{pair.name} + "|" + std::string{pair.value});
  EXPECT_EQ(seen, (std::vector<std::string>{"b|1", "c|2"}));
}

}  // namespace
}  // namespace musubi::net::http
