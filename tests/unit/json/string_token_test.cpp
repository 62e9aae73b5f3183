#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/reader.hpp>

namespace musubi::json {
namespace {

using namespace std::string_literals;

/// The string that `text`, with its quotes, is.
string_token token(std::string_view text) {
  const auto found = reader(text).string();
  EXPECT_TRUE(found) << text;
  return found.value_or(string_token());
}
std::string decoded(std::string_view text) {
  const string_token from = token(text);
  std::string into(from.size(), '?');
  EXPECT_EQ(from.decode(into.data()), into.data() + into.size());
  return into;
}
std::string token_written(std::string_view text) {
  char room[256];
  buffer_output out(room, sizeof room);
  writer to(out);
  token(text).write(to);
  return std::string(out.view());
}

TEST(string_token, decodes_every_escape) {
  EXPECT_EQ(decoded(R"("")"), "");
  EXPECT_EQ(decoded(R"("plain \u00e9")"), "plain \u00e9");
  EXPECT_EQ(decoded("\"as it is: \u20AC\""), "as it is: \u20AC");
  EXPECT_EQ(decoded(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(decoded(R"("a\u0062c")"), "abc");
  EXPECT_EQ(decoded(R"("\u007f\u0080\u07FF\u0800\uffff")"), "\x7F\u0080\u07FF\u0800\uFFFF");
  EXPECT_EQ(decoded(R"("\ud83c\udf75\uDBFF\uDFFF")"), "\U0001F375\U0010FFFF");
  EXPECT_EQ(decoded(R"("a\u0000b")"), "a\0b"s);
}

TEST(string_token, decodes_where_it_stands) {
  std::string text = R"(["a\u0062\ud83c\udf75c","next"])";
  reader from(text);
  std::vector<std::string_view> found;
  EXPECT_TRUE(from.elements([&] {
    found.push_back(from.string()->decode_in(text));
    return true;
  }));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], "ab\U0001F375c");
  EXPECT_EQ(found[1], "next");
  EXPECT_EQ(found[0].data(), text.data() + 2);
}

TEST(string_token, is_compared_by_value) {
  EXPECT_TRUE(token(R"("id")") == "id");
  EXPECT_TRUE(token(R"("\u0069d")") == "id");
  EXPECT_TRUE(token(R"("\u0069\u0064")") == "id");
  EXPECT_FALSE(token(R"("\u0069")") == "id");
  EXPECT_FALSE(token(R"("\u0069ds")") == "id");
  EXPECT_FALSE(token(R"("\\u0069d")") == "id");
  EXPECT_TRUE(token(R"("\\u0069d")") == "\\u0069d");
  EXPECT_FALSE(token(R"("a\u0000")") == "a");
  EXPECT_TRUE(token(R"("a\u0000")") == "a\0"s);
  EXPECT_FALSE(token(R"("")") == "a");
}

TEST(string_token, is_ordered_by_its_bytes) {
  const std::vector<std::string> ascending = {
      R"("")",   R"("\u0000")", R"("a")",      R"("a\u0000")", R"("\u0061a")",
      R"("ab")", R"("\u0062")", R"("\u00e9")", R"("\uffff")",  R"("\ud83c\udf75")"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      const int order = token(ascending[i]).compare(token(ascending[j]));
      EXPECT_EQ(order < 0, i < j) << ascending[i] << ' ' << ascending[j];
      EXPECT_EQ(order == 0, i == j) << ascending[i] << ' ' << ascending[j];
    }
  }
}

TEST(string_token, is_written_in_one_spelling) {
  EXPECT_EQ(token_written(R"("a\u0062\/\u00e9\ud83c\udf75")"), "ab/\u00E9\U0001F375");
  EXPECT_EQ(token_written(R"("\u0022\u005c\u000a\u0000")"), R"(\"\\\n\u0000)");
}

}  // namespace
}  // namespace musubi::json
