#include "http_request.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/http/internal/cookie.hpp>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;

// What `name` is in a request with these Cookie lines.
std::string cookie(const std::vector<std::string>& lines, std::string_view name) {
  std::string fields = "Accept: */*\r\n";
  for (const std::string& line : lines)
    fields += "Cookie: " + line + "\r\nX-Other: a=not; b=me\r\n";
  const parsed_request request{get("/", fields)};
  const std::string_view found = find_cookie(request, name);
  return present(found) ? std::string{found} : "(absent)";
}

TEST(cookie, finds_a_cookie_by_name) {
  const std::string line = "_key=SFMyNTY.g3Q==; theme=dark;empty=; q=\"a b\"";
  EXPECT_EQ(cookie({line}, "_key"), "SFMyNTY.g3Q==");
  EXPECT_EQ(cookie({line}, "theme"), "dark");
  EXPECT_EQ(cookie({line}, "empty"), "");
  EXPECT_EQ(cookie({line}, "q"), "\"a b\"");
}

TEST(cookie, tells_names_apart) {
  EXPECT_EQ(cookie({"theme=dark"}, "them"), "(absent)");
  EXPECT_EQ(cookie({"theme=dark"}, "Theme"), "(absent)");
  EXPECT_EQ(cookie({"a=theme=dark"}, "theme"), "(absent)");
  EXPECT_EQ(cookie({""}, "theme"), "(absent)");
  EXPECT_EQ(cookie({}, "theme"), "(absent)");
}

TEST(cookie, takes_the_first_of_a_repeated_name) {
  EXPECT_EQ(cookie({"a=1; a=2"}, "a"), "1");
  EXPECT_EQ(cookie({"b=0; a=1", "a=2"}, "a"), "1");
}

TEST(cookie, reads_several_lines_as_one_list) {
  const std::vector<std::string> lines = {"a=1", "b=2; c=3", "", "d=4"};
  EXPECT_EQ(cookie(lines, "a"), "1");
  EXPECT_EQ(cookie(lines, "b"), "2");
  EXPECT_EQ(cookie(lines, "c"), "3");
  EXPECT_EQ(cookie(lines, "d"), "4");
}

TEST(cookie, does_not_join_what_two_lines_cut) {
  EXPECT_EQ(cookie({"a=1", "2; b=3"}, "a"), "1");
  EXPECT_EQ(cookie({"a", "=1"}, "a"), "(absent)");
}

TEST(cookie, skips_parts_that_are_no_cookies) {
  const parsed_request request{
      get("/", "Cookie: ; a ;=x; b = 1 ;;c=2\r\nCOOKIE:;\r\ncookie:d=3\r\n")};
  cookie_cursor cursor{request};
  cookie_pair pair;
  std::vector<std::string> seen;
  while (cursor.next(pair)) seen.push_back(std::string{pair.name} + "|" + std::string{pair.value});
  EXPECT_EQ(seen, (std::vector<std::string>{"b|1", "c|2", "d|3"}));
}

}  // namespace
}  // namespace musubi::net::http
