#include "unit/json/random_json.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/json/internal/usual_text.hpp>

namespace musubi::json {
namespace {

/// How much of `text` is an object that was taken the short way: nothing, or all of it. The bytes
/// behind it are not there.
std::size_t taken(std::string_view text, outline& parts) {
  const std::unique_ptr<char[]> exactly(new char[text.size()]);
  text.copy(exactly.get(), text.size());
  const char* const begin = exactly.get();
  const char* const behind = usual_object(begin, begin + text.size(), parts);
  if (behind == nullptr) return 0;
  for (std::size_t i = 0; i < parts.count && i < outline::most; ++i) {
    EXPECT_EQ(problem_of(parts.members[i].value), read_problem::none) << text;
  }
  return static_cast<std::size_t>(behind - begin);
}

TEST(usual_text, is_what_a_browser_writes) {
  test::random_json random = test::random_json::usual(3);
  for (int i = 0; i < 4000; ++i) {
    const std::string text = "{\"a\":" + random.value() + ",\"b\":" + random.value() + "}";
    outline parts;
    ASSERT_EQ(taken(text, parts), text.size()) << text;
    ASSERT_TRUE(parts.whole && parts.count == 2) << text;
    ASSERT_TRUE(well_formed(text)) << text;
  }
}

TEST(usual_text, is_nothing_that_a_reader_does_not_take_as_the_same) {
  test::random_json random = test::random_json::usual(4);
  int taken_short = 0;
  for (int i = 0; i < 8000; ++i) {
    const std::string text =
        random.damaged("{\"a\":" + random.value() + ",\"b\":" + random.value() + "}");
    outline parts;
    const std::size_t size = taken(text, parts);
    if (size == 0) continue;
    ++taken_short;
    reader from(text);
    ASSERT_EQ(from.raw(), text.substr(0, size)) << text;
  }
  EXPECT_GT(taken_short, 200);
}

TEST(usual_text, ends_at_every_place_where_it_may_be_cut) {
  const std::string whole =
      R"({"a":[1,-2.5,"text"],"b":{"c":true,"d":null,"e":false},"f":"","g":[]})";
  outline parts;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(taken(whole.substr(0, size), parts), 0U) << size;
  }
  EXPECT_EQ(taken(whole, parts), whole.size());
}

TEST(usual_text, leaves_what_is_not_usual_to_the_reader) {
  outline parts;
  for (const std::string_view text :
       {R"({ "a":1})", R"({"a": 1})", R"({"a":1 })", R"({"a":"\n"})", R"({"\u0061":1})",
        R"({"a":1e3})", R"([1])", "1", "\"a\"", "null", ""}) {
    EXPECT_EQ(taken(text, parts), 0U) << text;
  }
  const std::string deep = "{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_EQ(taken(deep, parts), 0U);
  EXPECT_TRUE(well_formed(deep));
  EXPECT_EQ(taken("{\"a\":1." + std::string(80, '1') + "}", parts), 0U);
}

}  // namespace
}  // namespace musubi::json
