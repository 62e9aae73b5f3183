#include "unit/json/random_json.hpp"

#include <array>
#include <cjson/cJSON.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/json/scan.hpp>

namespace musubi::json {
namespace {

std::string nested(int depth, char open, char close, const std::string& inside) {
  return std::string(static_cast<std::size_t>(depth), open) + inside +
         std::string(static_cast<std::size_t>(depth), close);
}

TEST(well_formed, accepts_what_the_grammar_allows) {
  for (const std::string_view text : {"null",
                                      "true",
                                      "false",
                                      "0",
                                      "-0",
                                      "10",
                                      "-1.5",
                                      "0.125e-7",
                                      "1E+2",
                                      "\"\"",
                                      "\"a\"",
                                      "[]",
                                      "{}",
                                      " [ 1 , 2 ] ",
                                      "{\"a\":{\"b\":[null]}}",
                                      "\t{\r\n\"a\" : 1 }\n",
                                      "\"\x7F\"",
                                      "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
                                      "\"\\ud83C\\uDF75\"",
                                      "\"\U0001F375\""}) {
    EXPECT_TRUE(well_formed(text)) << text;
  }
}

TEST(well_formed, refuses_what_the_grammar_does_not_allow) {
  for (const std::string_view text : {"",
                                      " ",
                                      "nul",
                                      "nulll",
                                      "True",
                                      "tru",
                                      "NaN",
                                      "Infinity",
                                      "-Infinity",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "01",
                                      "-",
                                      "-a",
                                      "1e",
                                      "1e+",
                                      "0x10",
                                      "1 2",
                                      "[",
                                      "]",
                                      "[1",
                                      "[1,",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "{",
                                      "}",
                                      "{\"a\"",
                                      "{\"a\":",
                                      "{\"a\":1",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{1:1}",
                                      "{\"a\" 1}",
                                      "{,}",
                                      "\"",
                                      "\"a",
                                      "'a'",
                                      "\"\\\"",
                                      "\"\\",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "\"\\u12G4\"",
                                      "\"\\U0041\"",
                                      "// a\n1",
                                      "1//",
                                      "[1]]",
                                      "{}{}",
                                      "\xEF\xBB\xBF"
                                      "1"}) {
    EXPECT_FALSE(well_formed(text)) << text;
  }
}

TEST(well_formed, refuses_control_characters_in_strings) {
  for (char byte = 0; byte < 0x20; ++byte) {
    EXPECT_FALSE(well_formed(std::string("\"a") + byte + "\"")) << int{byte};
  }
}

TEST(well_formed, refuses_control_characters_as_white_space) {
  EXPECT_FALSE(well_formed("[1,\f2]"));
  EXPECT_FALSE(well_formed("[1,\v2]"));
  EXPECT_FALSE(well_formed(std::string_view("1\0", 2)));
}

TEST(well_formed, refuses_the_escaped_nul_in_values_and_keys) {
  EXPECT_FALSE(well_formed(R"("a\u0000b")"));
  EXPECT_FALSE(well_formed(R"({"a\u0000":1})"));
  EXPECT_TRUE(well_formed(R"("\u0001")"));
}

TEST(well_formed, refuses_half_of_a_surrogate_pair) {
  EXPECT_FALSE(well_formed(R"("\ud83c")"));
  EXPECT_FALSE(well_formed(R"("\ud83cx")"));
  EXPECT_FALSE(well_formed(R"("\ud83c\n")"));
  EXPECT_FALSE(well_formed(R"("\ud83c\ud83c")"));
  EXPECT_FALSE(well_formed(R"("\ud83c\u0041")"));
  EXPECT_FALSE(well_formed(R"("\udf75")"));
  EXPECT_FALSE(well_formed("\"\\ud83c\\u"));
}

TEST(well_formed, accepts_nesting_up_to_its_limit_and_refuses_deeper) {
  EXPECT_TRUE(well_formed(nested(scanner::max_depth, '[', ']', "")));
  EXPECT_FALSE(well_formed(nested(scanner::max_depth + 1, '[', ']', "")));
  EXPECT_TRUE(well_formed(nested(scanner::max_depth, '[', ']', "1")));
  std::string objects = "1";
  for (int i = 0; i < scanner::max_depth; ++i) objects = "{\"a\":" + objects + "}";
  EXPECT_TRUE(well_formed(objects));
  EXPECT_FALSE(well_formed("[" + objects + "]"));
}

TEST(well_formed, refuses_a_million_brackets_without_running_out_of_stack) {
  EXPECT_FALSE(well_formed(std::string(1000000, '[')));
  EXPECT_FALSE(well_formed(nested(1000000, '[', ']', "")));
}

TEST(well_formed, accepts_numbers_up_to_its_limit_and_refuses_longer) {
  const auto limit = static_cast<std::size_t>(scanner::max_number_bytes);
  EXPECT_TRUE(well_formed(std::string(limit, '1')));
  EXPECT_FALSE(well_formed(std::string(limit + 1, '1')));
  EXPECT_FALSE(well_formed("[1." + std::string(limit - 1, '1') + "]"));
}

TEST(well_formed, never_accepts_what_cjson_does_not_read) {
  test::random_json random(3);
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string whole = random.value();
    EXPECT_TRUE(well_formed(whole)) << whole;
    const std::string text = i % 4 == 0 ? whole : random.damaged(whole);
    if (!well_formed(text)) {
      ++refused;
      continue;
    }
    ++accepted;
    const char* end = nullptr;
    const std::unique_ptr<cJSON, void (*)(cJSON*)> read(
        cJSON_ParseWithLengthOpts(text.data(), text.size(), &end, 0), &cJSON_Delete);
    EXPECT_NE(read, nullptr) << text;
  }
  EXPECT_GT(accepted, 5000);
  EXPECT_GT(refused, 5000);
}

TEST(scanner, walks_over_an_array_of_values) {
  scanner scan(R"( [null, "7" , "room:lobby", {"a":[1, 2]} ] )");
  std::optional<std::string_view> reference;
  std::string_view text;
  EXPECT_TRUE(scan.take('['));
  EXPECT_TRUE(scan.string_or_null(reference));
  EXPECT_FALSE(reference);
  EXPECT_TRUE(scan.take(','));
  EXPECT_TRUE(scan.string_or_null(reference));
  EXPECT_EQ(reference, "7");
  EXPECT_TRUE(scan.take(','));
  EXPECT_TRUE(scan.string(text));
  EXPECT_EQ(text, "room:lobby");
  EXPECT_TRUE(scan.take(','));
  EXPECT_TRUE(scan.value(text));
  EXPECT_EQ(text, R"({"a":[1, 2]})");
  EXPECT_FALSE(scan.finished());
  EXPECT_TRUE(scan.take(']'));
  EXPECT_TRUE(scan.finished());
}

TEST(scanner, takes_nothing_where_another_byte_stands) {
  scanner scan("  ]");
  EXPECT_FALSE(scan.take('['));
  EXPECT_TRUE(scan.take(']'));
  EXPECT_FALSE(scan.take(']'));
}

TEST(scanner, gives_the_inside_of_a_string_with_its_escapes) {
  scanner scan(R"("a\"b\\")");
  std::string_view inside;
  EXPECT_TRUE(scan.string(inside));
  EXPECT_EQ(inside, R"(a\"b\\)");
}

TEST(scanner, takes_a_string_or_null_and_nothing_else) {
  std::optional<std::string_view> inside;
  EXPECT_TRUE(scanner(R"("a\n")").string_or_null(inside));
  EXPECT_EQ(inside, R"(a\n)");
  EXPECT_TRUE(scanner(" null").string_or_null(inside));
  EXPECT_FALSE(inside);
  EXPECT_FALSE(scanner("1").string_or_null(inside));
  EXPECT_FALSE(scanner("nul").string_or_null(inside));
  EXPECT_FALSE(scanner("").string_or_null(inside));
}

TEST(scanner, gives_a_value_without_the_space_around_it) {
  scanner scan(" \n[ 1 ]\t");
  std::string_view raw;
  EXPECT_TRUE(scan.value(raw));
  EXPECT_EQ(raw, "[ 1 ]");
}

// Eight bytes are looked at together, so neighbours of what is looked for matter.
TEST(scanner, ends_a_string_at_its_quote_whatever_stands_around_it_and_wherever) {
  constexpr std::string_view neighbours = "!# [^]a~\x7F\x80\xA2\xDC\xFF";
  unsigned pick = 1;
  for (std::size_t before = 0; before < 40; ++before) {
    for (int turn = 0; turn < 50; ++turn) {
      std::string inside;
      std::string behind;
      for (std::size_t i = 0; i < before; ++i) {
        pick = pick * 1103515245U + 12345U;
        inside += neighbours[(pick >> 16U) % neighbours.size()];
      }
      for (std::size_t i = 0; i < 12; ++i) {
        pick = pick * 1103515245U + 12345U;
        behind += std::string("\"\\\x1F!a")[(pick >> 16U) % 5];
      }
      const std::string text = '"' + inside + '"' + behind;
      scanner scan(text);
      std::string_view found;
      ASSERT_TRUE(scan.string(found)) << text;
      ASSERT_EQ(found, inside) << text;
    }
  }
}

TEST(scanner, refuses_a_control_character_at_any_place_of_a_string) {
  for (std::size_t at = 0; at < 24; ++at) {
    for (char control = 0; control < 0x20; ++control) {
      std::string text(26, ' ');
      text.front() = text.back() = '"';
      text[at + 1] = control;
      EXPECT_FALSE(well_formed(text)) << at << ' ' << static_cast<int>(control);
    }
  }
}

}  // namespace
}  // namespace musubi::json
