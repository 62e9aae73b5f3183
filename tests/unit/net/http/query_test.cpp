#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/http/internal/query.hpp>

namespace musubi::net::http {
namespace {

// The decoded text, or how the decoding failed.
std::string percent_decoded(std::string_view text, bool form = true, std::size_t room_size = 64) {
  std::string buffer(room_size, '?');
  std::span<char> room{buffer};
  std::string_view out;
  switch (form ? decode_form(text, room, out) : decode_percent(text, room, out)) {
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

std::string parameter(std::string_view query, std::string_view name) {
  std::array<char, 64> buffer{};
  std::span<char> room{buffer};
  std::string_view out;
  switch (find_parameter(query, name, room, out)) {
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

TEST(query, decodes_escapes_and_pluses) {
  EXPECT_EQ(percent_decoded("a+b%20c%2Bd"), "a b c+d");
  EXPECT_EQ(percent_decoded("%c3%A9"), "é");
  EXPECT_EQ(percent_decoded("%00"), std::string(1, '\0'));
  EXPECT_EQ(percent_decoded(""), "");
}

TEST(query, leaves_pluses_alone_outside_forms) {
  EXPECT_EQ(percent_decoded("a+b%2B", false), "a+b+");
}

TEST(query, refuses_bad_escapes) {
  for (const char* text : {"%", "%4", "a%", "%zz", "%4g", "%g4", "%%41", "% 41", "%+4"}) {
    EXPECT_EQ(percent_decoded(text), "(malformed)") << text;
  }
}

TEST(query, refuses_what_does_not_decode_to_utf8) {
  EXPECT_EQ(percent_decoded("%FF"), "(malformed)");
  EXPECT_EQ(percent_decoded("%C3"), "(malformed)");
  EXPECT_EQ(percent_decoded("%ED%A0%80"), "(malformed)");
  EXPECT_EQ(percent_decoded("\xFF"), "(malformed)");
}

TEST(query, says_when_the_room_is_too_small) {
  EXPECT_EQ(percent_decoded("%41%42%43", true, 3), "ABC");
  EXPECT_EQ(percent_decoded("%41%42%43", true, 2), "(no room)");
  EXPECT_EQ(percent_decoded("+", true, 0), "(no room)");
}

TEST(query, needs_no_room_for_text_without_escapes) {
  const std::string_view text = "plain";
  std::span<char> room;
  std::string_view out;
  ASSERT_EQ(decode_form(text, room, out), decode_outcome::ok);
  EXPECT_EQ(out.data(), text.data());
}

TEST(query, shares_one_room_among_many_values) {
  std::array<char, 4> buffer{};
  std::span<char> room{buffer};
  std::string_view first;
  std::string_view second;
  std::string_view third;
  EXPECT_EQ(decode_form("%41%42", room, first), decode_outcome::ok);
  EXPECT_EQ(decode_form("%43%44", room, second), decode_outcome::ok);
  EXPECT_EQ(decode_form("%45", room, third), decode_outcome::no_room);
  EXPECT_EQ(first, "AB");
  EXPECT_EQ(second, "CD");
}

TEST(query, visits_parameters_in_order) {
  query_cursor cursor{"token=abc&vsn=2.0.0&&flag&=x&a=b=c&"};
  raw_parameter p;
  std::vector<std::string> seen;
  while (cursor.next(p)) seen.push_back(std::string{p.name} + "|" + std::string{p.value});
  EXPECT_EQ(seen, (std::vector<std::string>{"token|abc", "vsn|2.0.0", "flag|", "|x", "a|b=c"}));
}

TEST(query, visits_nothing_in_an_empty_query) {
  query_cursor cursor{""};
  raw_parameter p;
  EXPECT_FALSE(cursor.next(p));
}

TEST(query, finds_a_decoded_parameter_by_its_decoded_name) {
  EXPECT_EQ(parameter("token=abc&vsn=2.0.0", "vsn"), "2.0.0");
  EXPECT_EQ(parameter("user+name=ada%20l", "user name"), "ada l");
  EXPECT_EQ(parameter("%74oken=x", "token"), "x");
  EXPECT_EQ(parameter("flag", "flag"), "");
}

TEST(query, takes_the_last_of_a_repeated_name) {
  EXPECT_EQ(parameter("a=1&b=2&a=3", "a"), "3");
}

TEST(query, says_when_a_parameter_is_absent) {
  EXPECT_EQ(parameter("token=abc", "toke"), "(absent)");
  EXPECT_EQ(parameter("token=abc", "Token"), "(absent)");
  EXPECT_EQ(parameter("", "token"), "(absent)");
}

TEST(query, reports_malformed_names_and_values) {
  EXPECT_EQ(parameter("%zz=1&token=abc", "token"), "(malformed)");
  EXPECT_EQ(parameter("token=%zz", "token"), "(malformed)");
}

}  // namespace
}  // namespace musubi::net::http
