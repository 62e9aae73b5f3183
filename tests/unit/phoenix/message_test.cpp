#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/output.hpp>
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

/// Takes no more than so many bytes at a time.
class narrow_output final : public json::output {
 public:
  explicit narrow_output(std::size_t window) noexcept : window_(window) {}
  std::string all() {
    (void)make_room();
    return all_;
  }

 private:
  bool make_room() noexcept override {
    if (cursor_ != nullptr) all_.append(room_, cursor_);
    cursor_ = room_;
    end_ = room_ + window_;
    return true;
  }
  char room_[128];
  std::size_t window_;
  std::string all_;
};

TEST(a_message, is_the_same_when_there_is_no_room_for_it_at_once) {
  const std::string topic(60, 't');
  for (const ref some : {ref("17"), ref(), ref("a\"b")}) {
    const auto write = [&](json::writer& out) {
      begin_reply(out, some, some, topic, reply_status::error);
      end_reply(out);
      begin_message(out, "1", some, "t\n", "patch");
      end_message(out);
    };
    const std::string whole = written(write);
    for (std::size_t window = json::output::reserve_limit; window <= 128; ++window) {
      narrow_output pieces(window);
      json::writer out(pieces);
      write(out);
      EXPECT_EQ(pieces.all(), whole) << window;
    }
  }
}

TEST(a_message, escapes_what_must_be_escaped_in_each_of_its_parts) {
  EXPECT_EQ(written([](json::writer& out) { write_ok(out, "\"", "2", "t"); }),
            R"(["\"","2","t","phx_reply",{"status":"ok","response":{}}])");
  EXPECT_EQ(written([](json::writer& out) { write_ok(out, "1", "\\", "t"); }),
            R"(["1","\\","t","phx_reply",{"status":"ok","response":{}}])");
  EXPECT_EQ(written([](json::writer& out) { write_ok(out, "1", "2", "a\xFF"); }),
            "[\"1\",\"2\",\"a\xEF\xBF\xBD\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
}

TEST(a_message, without_a_ref_is_the_same_when_its_names_are_known_to_be_plain) {
  EXPECT_TRUE(stands_as_it_is("musubi:connection:1") && stands_as_it_is(""));
  for (const char* odd : {"\"", "a\\", "\n", "\xC3\xA9"}) EXPECT_FALSE(stands_as_it_is(odd));
  EXPECT_EQ(
      written([](json::writer& out) { begin_push(out, "1", "t", "patch"); }),
      written([](json::writer& out) { begin_message(out, "1", std::nullopt, "t", "patch"); }));
}

TEST(a_message, may_begin_as_its_request_does) {
  for (const auto* topic : {"t", "t\u00e9", "musubi:connection:a long topic, of more than a few"}) {
    std::string text =
        written([&](json::writer& out) { begin_message(out, "1", "17", topic, "e"); }) + "{}]";
    frame request;
    ASSERT_TRUE(read_text(text, request));
    if constexpr (!short_ways) continue;
    for (const reply_status status : {reply_status::ok, reply_status::error}) {
      EXPECT_EQ(written([&](json::writer& out) { begin_reply(out, request.head, status); }),
                written([&](json::writer& out) { begin_reply(out, "1", "17", topic, status); }));
    }
  }
  for (std::string odd : {R"(["1","17","t\u00e9","e",{}])", R"([null,"17","t","e",{}])",
                          R"([ "1","17","t","e",{}])"}) {
    frame request;
    ASSERT_TRUE(read_text(odd, request));
    EXPECT_EQ(request.head, "");
  }
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
