#include "unit/json/random_json.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/phoenix/frame.hpp>

namespace musubi::phoenix {
namespace {

using namespace std::string_literals;

/// A text, and the frame that was read from it.
struct read_from {
  explicit read_from(std::string_view bytes) : text(bytes), ok(read_text(text, in)) {}
  std::string text;
  frame in;
  bool ok;
};
struct read_from_binary {
  explicit read_from_binary(std::string_view from)
      : bytes(from), ok(read_binary(std::as_writable_bytes(std::span(bytes)), in)) {}
  std::string bytes;
  frame in;
  bool ok;
};
/// Whether the address can be read, and the payload be used.
bool reads(std::string_view text) {
  const read_from read(text);
  return read.ok && read.in.expected_payload.empty();
}
bool reads_binary(std::string_view bytes) {
  return read_from_binary(bytes).ok;
}

TEST(a_text_frame, is_read_in_place) {
  const read_from read(R"(["3","7","musubi:connection:A:b","command",{"a":[1,2]}])");
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.in.join_ref, "3");
  EXPECT_EQ(read.in.ref, "7");
  EXPECT_EQ(read.in.topic, "musubi:connection:A:b");
  EXPECT_EQ(read.in.event, "command");
  EXPECT_EQ(read.in.text(), R"({"a":[1,2]})");
  EXPECT_EQ(read.in.expected_payload, "");
  EXPECT_FALSE(read.in.binary);
}

TEST(a_text_frame, has_null_for_refs_that_are_absent) {
  const read_from read(R"([null,null,"phoenix","heartbeat",{}])");
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.in.join_ref, std::nullopt);
  EXPECT_EQ(read.in.ref, std::nullopt);
}

TEST(a_text_frame, may_have_white_space_between_its_parts) {
  const read_from read(" [ \"1\" ,\n\"2\",\t\"t\" , \"e\" , {\"a\" : 1} ]\r\n");
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.in.text(), R"({"a" : 1})");
}

TEST(a_text_frame, is_decoded_but_for_its_payload) {
  const read_from read(R"(["\u0031","2\u0000","a\"b\u00e9","e\\",{"\u0061":"\u0062"}])");
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.in.join_ref, "1");
  EXPECT_EQ(read.in.ref, "2\0"s);
  EXPECT_EQ(read.in.topic, "a\"b\u00e9");
  EXPECT_EQ(read.in.event, "e\\");
  EXPECT_EQ(read.in.text(), R"({"\u0061":"\u0062"})");
}

/// White space in front of it is no usual text: such a frame goes the general way.
TEST(a_text_frame, is_the_same_by_the_short_way_and_by_the_general_one) {
  const auto expect_same = [](const std::string& text) {
    const read_from shortly(text);
    const read_from general(" " + text);
    ASSERT_EQ(shortly.ok, general.ok) << text;
    if (!shortly.ok) return;
    ASSERT_EQ(shortly.in.join_ref, general.in.join_ref) << text;
    ASSERT_EQ(shortly.in.ref, general.in.ref) << text;
    ASSERT_EQ(shortly.in.topic, general.in.topic) << text;
    ASSERT_EQ(shortly.in.event, general.in.event) << text;
    ASSERT_EQ(shortly.in.expected_payload, general.in.expected_payload) << text;
    if (!shortly.in.expected_payload.empty()) return;
    ASSERT_EQ(shortly.in.text(), general.in.text()) << text;
    ASSERT_EQ(shortly.in.parts.whole, general.in.parts.whole) << text;
    ASSERT_EQ(shortly.in.parts.count, general.in.parts.count) << text;
  };
  test::random_json random = test::random_json::usual(9);
  for (int i = 0; i < 4000; ++i) {
    std::string text =
        R"(["1","17","musubi:connection:A:b","command",{"store_id":[],"name":"go","payload":)" +
        random.value() + "}]";
    expect_same(text);
    expect_same(random.damaged(std::move(text)));
  }
}

TEST(a_text_frame, may_carry_any_json_as_its_payload) {
  for (const auto* payload : {"{}", "[]", "null", "true", "7", "-1.5e3", "\"x\"", "[[{}]]"}) {
    const read_from read(R"(["1","2","t","e",)"s + payload + "]");
    EXPECT_TRUE(read.ok) << payload;
    EXPECT_EQ(read.in.text(), payload);
  }
}

TEST(a_text_frame, is_an_array_of_five_with_strings_in_their_places) {
  for (const auto* text :
       {"", "[", "[]", "{}", "null", R"(["1","2","t","e"])", R"(["1","2","t","e",{},1])",
        R"(["1","2","t","e",{}]])", R"([1,"2","t","e",{}])", R"(["1",2,"t","e",{}])",
        R"(["1","2",null,"e",{}])", R"(["1","2","t",null,{}])", R"(["1","2","t","e",])",
        R"(["1" "2","t","e",{}])", R"(["1","2","t","e",{}] null)", R"(["1","2","t","e",nul])"}) {
    EXPECT_FALSE(reads(text)) << text;
  }
}

TEST(a_text_frame, has_a_payload_that_is_well_formed_to_the_last_byte) {
  for (const auto* payload : {"{", "}", "{\"a\"}", "{\"a\":}", "{a:1}", "[1,]", "01", "1.", "+1",
                              "'x'", "\"\\x\"", "\"\t\"", "tru", "{\"a\":1,}"}) {
    EXPECT_FALSE(reads(R"(["1","2","t","e",)"s + payload + "]")) << payload;
  }
}

TEST(a_text_frame, has_its_address_read_when_its_payload_cannot_be_used) {
  const auto expected = [](const std::string& rest) {
    const read_from read(R"(["1","2","t","e")" + rest);
    EXPECT_TRUE(read.ok && read.in.join_ref == "1" && read.in.ref == "2" && read.in.topic == "t" &&
                read.in.event == "e")
        << rest;
    return std::string(read.in.expected_payload);
  };
  EXPECT_EQ(expected(R"(,{"name":"a\ud83d"}])"), "strings without half of a surrogate pair");
  EXPECT_EQ(expected("," + std::string(65, '[') + std::string(65, ']') + "]"),
            "JSON nested at most 64 deep");
  EXPECT_EQ(expected(",1." + std::string(80, '1') + "]"), "numbers of at most 63 characters");
  for (const auto* rest : {"", "]", ",", ",]", ",{}", ",{},1]", ",{}]]", ",nul]", ",{\"a\":}]"}) {
    EXPECT_EQ(expected(rest), "JSON") << rest;
  }
}

TEST(a_text_frame, is_refused_wherever_it_is_cut) {
  const std::string whole = R"(["1","2","t\u00e9","e",{"a":[1,"x",null]}])";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(reads(whole.substr(0, size))) << size;
  }
  EXPECT_TRUE(reads(whole));
}

TEST(a_binary_frame, is_read_in_place) {
  const read_from_binary read("\0\1\2\5\3"s + "3" + "17" + "topic" + "evt" + "\xff\0bytes"s);
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.in.join_ref, "3");
  EXPECT_EQ(read.in.ref, "17");
  EXPECT_EQ(read.in.topic, "topic");
  EXPECT_EQ(read.in.event, "evt");
  EXPECT_EQ(read.in.text(), "\xff\0bytes"s);
  EXPECT_TRUE(read.in.binary);
}

TEST(a_binary_frame, may_have_an_empty_payload) {
  EXPECT_TRUE(reads_binary("\0\1\1\1\1"s + "1" + "2" + "t" + "e"));
}

TEST(a_binary_frame, is_refused_wherever_its_head_is_cut) {
  const std::string whole = "\0\1\2\5\3"s + "3" + "17" + "topic" + "evt";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(reads_binary(whole.substr(0, size))) << size;
  }
}

TEST(a_binary_frame, is_a_push) {
  EXPECT_FALSE(reads_binary("\1\1\1\1\1"s + "1" + "2" + "t" + "e"));
  EXPECT_FALSE(reads_binary("\2\1\1\1\1"s + "1" + "2" + "t" + "e"));
}

TEST(a_binary_frame, may_have_any_text_for_a_name_and_nothing_else) {
  for (const char odd : {'"', '\\', '\n', '\0', '\x7f'}) {
    EXPECT_TRUE(reads_binary("\0\1\1\1\1"s + "1" + "2" + odd + "e")) << int{odd};
  }
  EXPECT_TRUE(reads_binary("\0\1\1\2\1"s + "1" + "2" + "\u00e9" + "e"));
  EXPECT_FALSE(reads_binary("\0\1\1\1\1"s + "1" + "2" + "\xc3" + "e"));
}

}  // namespace
}  // namespace musubi::phoenix
