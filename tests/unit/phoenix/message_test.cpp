#include <gtest/gtest.h>
#include <string>

#include <musubi/json/output.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/phoenix/message.hpp>

namespace musubi::phoenix {
namespace {

template <class Write>
std::string written(Write&& write) {
  char room[512];
  json::buffer_output buffer(room, sizeof room);
  json::writer out(buffer);
  write(out);
  return std::string(buffer.view());
}

TEST(a_message, has_five_elements_in_their_order) {
  EXPECT_EQ(written([](json::writer& out) {
              begin_message(out, "1", std::nullopt, "t", "patch");
              out.raw("{}");
              end_message(out);
            }),
            R"(["1",null,"t","patch",{}])");
}

TEST(a_message, repeats_the_status_of_a_reply_and_its_response) {
  EXPECT_EQ(written([](json::writer& out) {
              begin_reply(out, "1", "7", "t", reply_status::ok);
              out.raw(R"({"a":1})");
              end_reply(out);
            }),
            R"(["1","7","t","phx_reply",{"status":"ok","response":{"a":1}}])");
}

TEST(a_message, says_why_in_a_refusal) {
  EXPECT_EQ(
      written([](json::writer& out) { write_refusal(out, std::nullopt, "7", "t", "a \"b\""); }),
      R"([null,"7","t","phx_reply",{"status":"error","response":{"reason":"a \"b\""}}])");
}

TEST(a_message, is_read_as_what_was_written) {
  std::string text = written([](json::writer& out) { write_ok(out, "1", "2\"", "t\u00e9\\n"); });
  frame read;
  ASSERT_TRUE(read_text(text, read));
  EXPECT_EQ(read.ref, "2\"");
  EXPECT_EQ(read.topic, "t\u00e9\\n");
  EXPECT_EQ(read.event, "phx_reply");
  EXPECT_EQ(read.text(), R"({"status":"ok","response":{}})");
}

}  // namespace
}  // namespace musubi::phoenix
