#include "unit/json/random_json.hpp"

#include <array>
#include <cjson/cJSON.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/json/internal/reader.hpp>

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

TEST(well_formed, accepts_the_escaped_nul_in_values_and_keys) {
  EXPECT_TRUE(well_formed(R"("a\u0000b")"));
  EXPECT_TRUE(well_formed(R"({"a\u0000":1})"));
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
  EXPECT_TRUE(well_formed(nested(reader::max_depth, '[', ']', "")));
  EXPECT_FALSE(well_formed(nested(reader::max_depth + 1, '[', ']', "")));
  EXPECT_TRUE(well_formed(nested(reader::max_depth, '[', ']', "1")));
  std::string objects = "1";
  for (int i = 0; i < reader::max_depth; ++i) objects = "{\"a\":" + objects + "}";
  EXPECT_TRUE(well_formed(objects));
  EXPECT_FALSE(well_formed("[" + objects + "]"));
}

TEST(well_formed, refuses_a_million_brackets_without_running_out_of_stack) {
  EXPECT_FALSE(well_formed(std::string(1000000, '[')));
  EXPECT_FALSE(well_formed(nested(1000000, '[', ']', "")));
}

TEST(well_formed, accepts_numbers_up_to_its_limit_and_refuses_longer) {
  const auto limit = static_cast<std::size_t>(reader::max_number_bytes);
  EXPECT_TRUE(well_formed(std::string(limit, '1')));
  EXPECT_FALSE(well_formed(std::string(limit + 1, '1')));
  EXPECT_FALSE(well_formed("[1." + std::string(limit - 1, '1') + "]"));
}

TEST(a_short_integer, is_taken_as_the_same_or_not_at_all) {
  for (const std::string_view number : {"0",
                                        "-0",
                                        "7",
                                        "-12",
                                        "100000",
                                        "123456789012345",
                                        "-123456789012345",
                                        "1234567890123456",
                                        "9007199254740993",
                                        "01",
                                        "-",
                                        "",
                                        "1.0",
                                        "1e2",
                                        "1E2",
                                        "+1",
                                        "x",
                                        "1x",
                                        "0.5",
                                        "-01"}) {
    for (const std::string_view behind : {"", ",", "}", "]", " ", ":", "\n"}) {
      const std::string text = std::string(number) + std::string(behind);
      reader shortly(text);
      std::int64_t value = -1;
      if (!shortly.short_integer(value)) {
        EXPECT_EQ(value, -1) << text;
        EXPECT_EQ(shortly.raw(), reader(text).raw()) << text;  // nothing was taken
        continue;
      }
      reader at_length(text);
      EXPECT_EQ(at_length.integer(), value) << text;
      EXPECT_EQ(at_length.finished(), shortly.finished()) << text;
    }
  }
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

TEST(problem_of, tells_why_a_text_cannot_be_used) {
  EXPECT_EQ(problem_of("[1]"), read_problem::none);
  EXPECT_EQ(problem_of("[1"), read_problem::malformed);
  EXPECT_EQ(problem_of("1 2"), read_problem::malformed);
  EXPECT_EQ(problem_of(R"(["\ud83d"])"), read_problem::half_character);
  EXPECT_EQ(problem_of(R"({"\udf75":1})"), read_problem::half_character);
  EXPECT_EQ(problem_of(nested(reader::max_depth + 1, '[', ']', "")), read_problem::too_deep);
  EXPECT_EQ(problem_of("[1." + std::string(80, '0') + "]"), read_problem::long_number);
}

TEST(reader, tells_what_comes_next_without_taking_it) {
  const auto kind = [](std::string_view text) { return reader(text).next(); };
  EXPECT_EQ(kind(" {}"), value_kind::object);
  EXPECT_EQ(kind("[]"), value_kind::array);
  EXPECT_EQ(kind("\"a\""), value_kind::string);
  EXPECT_EQ(kind("-1"), value_kind::number);
  EXPECT_EQ(kind("true"), value_kind::boolean);
  EXPECT_EQ(kind("null"), value_kind::null);
  for (const std::string_view text : {"", " ", "]", ",", "x", "+1"}) {
    EXPECT_EQ(kind(text), value_kind::none) << text;
  }
}

TEST(reader, takes_no_value_for_one_of_another_kind_and_calls_that_no_problem) {
  reader from("7");
  EXPECT_FALSE(from.string() || from.boolean() || from.null());
  EXPECT_FALSE(from.members([](const string_token&) { return true; }));
  EXPECT_FALSE(from.elements([] { return true; }));
  EXPECT_EQ(from.problem(), read_problem::none);
  EXPECT_EQ(from.integer(), 7);
}

TEST(reader, goes_through_nested_values) {
  reader from(R"( {"a":[1, 2] , "b" : {"c":true}} )");
  std::string seen;
  EXPECT_TRUE(from.members([&](const string_token& key) {
    if (key == "a") {
      return from.elements([&] {
        seen += std::to_string(from.integer().value_or(-1));
        return true;
      });
    }
    return from.members([&](const string_token& inner) {
      seen += inner == "c" && from.boolean() == true ? "c" : "?";
      return true;
    });
  }));
  EXPECT_EQ(seen, "12c");
  EXPECT_TRUE(from.finished());
}

TEST(reader, goes_through_nothing_in_what_is_empty) {
  for (const std::string_view text : {"{}", " { } ", "[]", "[ ]"}) {
    reader from(text);
    const auto none = [](auto&&...) { return false; };
    EXPECT_TRUE(text.find('{') != std::string_view::npos ? from.members(none)
                                                         : from.elements(none));
    EXPECT_TRUE(from.finished());
  }
}

TEST(reader, stops_where_it_is_told_to) {
  reader from("[1,2,3]");
  int seen = 0;
  EXPECT_FALSE(from.elements([&] { return from.integer() && ++seen < 2; }));
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(from.problem(), read_problem::none);
}

TEST(reader, finds_what_is_not_json_in_the_middle_of_a_container) {
  for (const std::string_view text :
       {"[1 2]", "[1,]", "[1", "{\"a\":1", "{\"a\" 1}", "{\"a\":1,}"}) {
    reader from(text);
    const auto skip = [&](auto&&...) { return from.skip(); };
    EXPECT_FALSE(text[0] == '{' ? from.members(skip) : from.elements(skip)) << text;
    EXPECT_EQ(from.problem(), read_problem::malformed) << text;
  }
}

TEST(reader, takes_integers_however_they_are_written) {
  const auto integer = [](std::string_view text) { return reader(text).integer(); };
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("-0"), 0);
  EXPECT_EQ(integer("0.000e-7"), 0);
  EXPECT_EQ(integer("0e99999999999"), 0);
  EXPECT_EQ(integer("100"), 100);
  EXPECT_EQ(integer("1e2"), 100);
  EXPECT_EQ(integer("100.0"), 100);
  EXPECT_EQ(integer("1.25E+2"), 125);
  EXPECT_EQ(integer("-12500e-2"), -125);
  EXPECT_EQ(integer("9007199254740991"), 9007199254740991);
  EXPECT_EQ(integer("-9007199254740991.00"), -9007199254740991);
  EXPECT_EQ(integer("10000000000000000000000000000e-28"), 1);
}

TEST(reader, takes_no_integer_that_is_not_exactly_one_below_2_to_the_53) {
  const auto integer = [](std::string_view text) { return reader(text).integer(); };
  for (const std::string_view text :
       {"0.5", "1.0000000000000000000000001", "9007199254740992", "9007199254740993",
        "-9007199254740992", "18446744073709551617", "1e300", "1e99999999999", "1e-1", "1e-400",
        "123456789012345678901234567890123456789"}) {
    EXPECT_FALSE(integer(text)) << text;
    reader from(text);
    EXPECT_FALSE(from.integer());
    EXPECT_TRUE(from.finished()) << "taken nevertheless";
  }
}

TEST(reader, gives_the_text_of_a_value_without_the_space_around_it) {
  reader from(" \n[ 1 ]\t");
  EXPECT_EQ(from.raw(), "[ 1 ]");
  EXPECT_TRUE(from.finished());
  EXPECT_EQ(reader("]").raw(), "");
}

TEST(reader, takes_nothing_where_another_byte_stands) {
  reader from("  ]");
  EXPECT_FALSE(from.take('['));
  EXPECT_TRUE(from.take(']'));
  EXPECT_FALSE(from.take(']'));
}

// Eight bytes are looked at together, so neighbours of what is looked for matter.
TEST(reader, ends_a_string_at_its_quote_whatever_stands_around_it_and_wherever) {
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
      const auto found = reader(text).string();
      ASSERT_TRUE(found) << text;
      ASSERT_TRUE(*found == inside) << text;
    }
  }
}

TEST(reader, refuses_a_control_character_at_any_place_of_a_string) {
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
