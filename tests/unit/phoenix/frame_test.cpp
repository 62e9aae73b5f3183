#include <gtest/gtest.h>
#include <string>

#include <musubi/phoenix/frame.hpp>

namespace musubi::phoenix {
namespace {

using namespace std::string_literals;

bool reads(std::string_view text) {
  frame into;
  return read_text(text, into);
}
bool reads_binary(std::string_view bytes) {
  frame into;
  return read_binary(std::as_bytes(std::span(bytes)), into);
}

TEST(a_text_frame, is_read_in_place) {
  frame read;
  ASSERT_TRUE(read_text(R"(["3","7","musubi:connection:A:b","command",{"a":[1,2]}])", read));
  EXPECT_EQ(read.join_ref, "3");
  EXPECT_EQ(read.ref, "7");
  EXPECT_EQ(read.topic, "musubi:connection:A:b");
  EXPECT_EQ(read.event, "command");
  EXPECT_EQ(read.payload, R"({"a":[1,2]})");
  EXPECT_FALSE(read.binary);
}

TEST(a_text_frame, has_null_for_refs_that_are_absent) {
  frame read;
  ASSERT_TRUE(read_text(R"([null,null,"phoenix","heartbeat",{}])", read));
  EXPECT_EQ(read.join_ref, std::nullopt);
  EXPECT_EQ(read.ref, std::nullopt);
}

TEST(a_text_frame, may_have_white_space_between_its_parts) {
  frame read;
  ASSERT_TRUE(read_text(" [ \"1\" ,\n\"2\",\t\"t\" , \"e\" , {\"a\" : 1} ]\r\n", read));
  EXPECT_EQ(read.payload, R"({"a" : 1})");
}

TEST(a_text_frame, keeps_escapes_as_they_were_sent) {
  frame read;
  ASSERT_TRUE(read_text(R"(["1","2","a\"b\u00e9","e\\",{}])", read));
  EXPECT_EQ(read.topic, R"(a\"b\u00e9)");
  EXPECT_EQ(read.event, R"(e\\)");
}

TEST(a_text_frame, may_carry_any_json_as_its_payload) {
  for (const auto* payload : {"{}", "[]", "null", "true", "7", "-1.5e3", "\"x\"", "[[{}]]"}) {
    frame read;
    const std::string text = R"(["1","2","t","e",)"s + payload + "]";
    EXPECT_TRUE(read_text(text, read)) << payload;
    EXPECT_EQ(read.payload, payload);
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

TEST(a_text_frame, is_refused_wherever_it_is_cut) {
  const std::string whole = R"(["1","2","t\u00e9","e",{"a":[1,"x",null]}])";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(reads(whole.substr(0, size))) << size;
  }
  EXPECT_TRUE(reads(whole));
}

TEST(a_binary_frame, is_read_in_place) {
  frame read;
  const std::string bytes = "\0\1\2\5\3"s + "3" + "17" + "topic" + "evt" + "\xff\0bytes"s;
  ASSERT_TRUE(read_binary(std::as_bytes(std::span(bytes)), read));
  EXPECT_EQ(read.join_ref, "3");
  EXPECT_EQ(read.ref, "17");
  EXPECT_EQ(read.topic, "topic");
  EXPECT_EQ(read.event, "evt");
  EXPECT_EQ(read.payload, "\xff\0bytes"s);
  EXPECT_TRUE(read.binary);
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

TEST(a_binary_frame, is_refused_when_a_name_cannot_stand_in_a_json_string_as_it_is) {
  for (const char odd : {'"', '\\', '\n', '\0', '\x7f', '\xc3'}) {
    EXPECT_FALSE(reads_binary("\0\1\1\1\1"s + "1" + "2" + odd + "e")) << int{odd};
  }
}

}  // namespace
}  // namespace musubi::phoenix
