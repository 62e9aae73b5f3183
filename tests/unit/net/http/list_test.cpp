#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/http/internal/list.hpp>

namespace musubi::net::http {
namespace {

std::vector<std::string> members(std::string_view list) {
  std::vector<std::string> out;
  list_cursor cursor{list};
  std::string_view member;
  while (cursor.next(member)) out.emplace_back(member);
  return out;
}

using strings = std::vector<std::string>;

TEST(http_list, splits_at_commas_and_trims) {
  EXPECT_EQ(members("keep-alive, Upgrade"), (strings{"keep-alive", "Upgrade"}));
  EXPECT_EQ(members(" a ,\tb\t,c"), (strings{"a", "b", "c"}));
}

TEST(http_list, skips_empty_members) {
  EXPECT_EQ(members(""), strings{});
  EXPECT_EQ(members(" , ,, "), strings{});
  EXPECT_EQ(members(",a,,b,"), (strings{"a", "b"}));
}

TEST(http_list, keeps_commas_in_quotes) {
  EXPECT_EQ(members(R"("a,b", W/"c")"), (strings{R"("a,b")", R"(W/"c")"}));
}

TEST(http_list, takes_an_open_quote_to_the_end) {
  EXPECT_EQ(members(R"("a, b)"), strings{R"("a, b)"});
}

TEST(http_list, compares_without_case) {
  EXPECT_TRUE(iequals("WebSocket", "websocket"));
  EXPECT_TRUE(iequals("", ""));
  EXPECT_FALSE(iequals("websocket", "websockets"));
  EXPECT_FALSE(iequals("[", "{"));  // differ in the bit that differs between cases
  EXPECT_FALSE(iequals("@", "`"));
}

TEST(http_list, compares_every_byte_wherever_it_stands) {
  const auto lower = [](int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
  for (std::size_t size = 1; size < 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string a(size, 'q');
      std::string b(size, 'Q');
      for (int x = 0; x < 256; ++x) {
        a[at] = static_cast<char>(x);
        // the same, its other cases, and neighbours of both
        for (const int y : {x, x ^ 0x20, x ^ 0x80, x ^ 0xA0, x ^ 0x40, (x + 1) % 256}) {
          b[at] = static_cast<char>(y);
          ASSERT_EQ(iequals(a, b), lower(x) == lower(y)) << size << " at " << at << ": " << x;
        }
      }
    }
  }
}

TEST(http_list, knows_every_character_of_a_token) {
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool mark = c != 0 && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr;
    EXPECT_EQ(is_token_char(static_cast<char>(c)), letter || mark) << c;
  }
}

TEST(http_list, knows_tokens) {
  EXPECT_TRUE(is_token("Sec-WebSocket-Key"));
  EXPECT_TRUE(is_token("base64url.bearer.phx.abc+"));
  EXPECT_FALSE(is_token(""));
  for (const char* text : {"a b", "a:", "a/b", "a\"", "(a)", "a\x7F", "\xC3\xA9", "a,b", "a@b"}) {
    EXPECT_FALSE(is_token(text)) << text;
  }
  EXPECT_FALSE(is_token(std::string_view{"a\0b", 3}));
}

}  // namespace
}  // namespace musubi::net::http
