#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <string>

#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::json {
namespace {

template <class Write>
std::string written(Write&& write) {
  char bytes[4096];
  buffer_output out(bytes, sizeof bytes);
  writer to(out);
  write(to);
  EXPECT_FALSE(out.failed());
  return std::string(out.view());
}

std::string quoted(std::string_view text) {
  return written([&](writer& to) { to.string(text); });
}

template <class T>
std::string number(T value) {
  return written([&](writer& to) { to.number(value); });
}

TEST(writer, writes_words) {
  EXPECT_EQ(written([](writer& to) { to.null(); }), "null");
  EXPECT_EQ(written([](writer& to) { to.boolean(true); }), "true");
  EXPECT_EQ(written([](writer& to) { to.boolean(false); }), "false");
}

TEST(writer, writes_integers_of_every_width) {
  EXPECT_EQ(number(std::int8_t{-128}), "-128");
  EXPECT_EQ(number(std::uint8_t{255}), "255");
  EXPECT_EQ(number(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(number(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(writer, writes_floating_point_as_short_as_it_is) {
  EXPECT_EQ(number(21.5F), "21.5");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(20.0F), "20");
}

TEST(writer, writes_what_json_has_no_number_for_as_null) {
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number(-std::numeric_limits<float>::infinity()), "null");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(writer, quotes_strings) {
  EXPECT_EQ(quoted(""), R"("")");
  EXPECT_EQ(quoted("plain text 123"), R"("plain text 123")");
}

TEST(writer, escapes_what_must_be_escaped_and_nothing_else) {
  EXPECT_EQ(quoted("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(quoted("\n\r\t"), R"("\n\r\t")");
  EXPECT_EQ(quoted("\b\f\x1F\x7F"), "\"\\u0008\\u000c\\u001f\x7F\"");
  EXPECT_EQ(quoted(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(writer, leaves_characters_beyond_ascii_as_they_are) {
  EXPECT_EQ(quoted("\u00E9\u20AC\U0001F375"), "\"\u00E9\u20AC\U0001F375\"");
  EXPECT_EQ(quoted("\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF"),
            "\"\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF\"");
}

TEST(writer, replaces_bytes_that_are_no_utf_8) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(quoted("a\x80z"), "\"a" + mark + "z\"");
  EXPECT_EQ(quoted("\xC3"), "\"" + mark + "\"");
  EXPECT_EQ(quoted("\xC3\x28"), "\"" + mark + "(\"");
  EXPECT_EQ(quoted("\xC0\xAF"), "\"" + mark + mark + "\"");                        // overlong
  EXPECT_EQ(quoted("\xE0\x9F\xBF"), "\"" + mark + mark + mark + "\"");             // overlong
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"" + mark + mark + mark + "\"");             // a surrogate
  EXPECT_EQ(quoted("\xF4\x90\x80\x80"), "\"" + mark + mark + mark + mark + "\"");  // too high
  EXPECT_EQ(quoted("\xF5"), "\"" + mark + "\"");
  EXPECT_EQ(quoted("\xE2\x82"), "\"" + mark + mark + "\"");
}

TEST(writer, writes_a_well_formed_string_of_any_two_bytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char bytes[] = {static_cast<char>(first), static_cast<char>(second)};
      const std::string text = quoted({bytes, 2});
      ASSERT_TRUE(well_formed(text)) << first << ' ' << second;
    }
  }
}

TEST(writer, leaves_failing_to_the_output) {
  char bytes[40];
  buffer_output out(bytes, sizeof bytes);
  writer to(out);
  to.string("a text that is not short at all, on purpose");
  EXPECT_TRUE(out.failed());
  to.number(5);
  to.null();
  EXPECT_EQ(out.view(), "\"a text that is not short at all, on pur");
}

}  // namespace
}  // namespace musubi::json
