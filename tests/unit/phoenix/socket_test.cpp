#include <cstddef>
#include <gtest/gtest.h>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include <musubi/json/internal/output.hpp>
#include <musubi/phoenix/socket.hpp>

namespace musubi::phoenix {
namespace {

struct noted {
  std::string events;
  std::vector<end_reason> ends;
};

/// A channel that notes what it is told. Its names are behind it, in its own block.
class noting_channel final : public channel {
 public:
  static noting_channel& make(noted& into, std::string_view join_ref, std::string_view topic) {
    void* const block = ::operator new(sizeof(noting_channel) + join_ref.size() + topic.size());
    return *new (block) noting_channel(into, join_ref, topic);
  }

  void on_event(const frame& event) noexcept override {
    into_.events += std::string(topic()) + " " + std::string(event.event) + "\n";
  }
  void on_end(end_reason why) noexcept override {
    into_.ends.push_back(why);
    this->~noting_channel();
    ::operator delete(this);
  }

 private:
  noting_channel(noted& into, std::string_view join_ref, std::string_view topic)
      : noting_channel(into, trailing_text::behind(*this), join_ref, topic) {}
  noting_channel(noted& into, trailing_text names, std::string_view join_ref,
                 std::string_view topic)
      : channel(role::root), into_(into) {
    keep_names(names, join_ref, topic);
  }
  ~noting_channel() = default;

  noted& into_;
};

/// A socket that joins whatever does not begin with "no".
class noting_socket final : public socket, public noted {
 public:
  explicit noting_socket(std::size_t channels) : most_(channels) {}
  ~noting_socket() { hang_up(); }

  void say(phoenix::ref join_ref, phoenix::ref ref, std::string_view topic,
           std::string_view event) {
    char payload[] = "{}";
    receive({join_ref, ref, topic, event, std::span(payload, 2), expected_payload, false});
  }
  /// What was answered since; one message a line.
  std::string take() { return std::exchange(said_, {}); }
  void fail_first() { fail(*first_channel()); }
  void hang_up() { end_all(end_reason::closed); }

  std::string_view expected_payload;  // of what is said: why it cannot be used
  bool refuses = false;

 private:
  [[nodiscard]] std::size_t most_channels() const noexcept override { return most_; }
  bool on_join(const frame& join) noexcept override {
    if (join.topic.starts_with("no")) return false;
    if (refuses) {
      refuse(join, join.join_ref, "no");
    } else {
      add(noting_channel::make(*this, *join.join_ref, join.topic));
    }
    return true;
  }
  void on_bad_payload(const channel* on, const frame& bad) noexcept override {
    events += "bad " + std::string(on == nullptr ? "join" : on->topic()) + " " +
              std::string(bad.expected_payload) + "\n";
  }
  json::writer& begin_message() noexcept override {
    buffer_.emplace(room_, sizeof room_);
    return writer_.emplace(*buffer_);
  }
  void end_message() noexcept override { said_ += std::string(buffer_->view()) + "\n"; }

  std::size_t most_;
  char room_[512]{};
  std::optional<json::buffer_output> buffer_;
  std::optional<json::writer> writer_;
  std::string said_;
};

class a_socket : public testing::Test {
 protected:
  noting_socket socket{2};
};

TEST_F(a_socket, answers_heartbeats_and_nothing_else_on_the_topic_phoenix) {
  socket.say(std::nullopt, "1", "phoenix", "heartbeat");
  EXPECT_EQ(socket.take(),
            "[null,\"1\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]\n");
  socket.say(std::nullopt, "2", "phoenix", "phx_join");
  EXPECT_EQ(socket.take(),
            "[null,\"2\",\"phoenix\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":"
            "\"unmatched topic\"}}]\n");
}

TEST_F(a_socket, hands_events_to_the_channel_of_their_topic) {
  socket.say("1", "1", "a", "phx_join");
  socket.say("2", "2", "b", "phx_join");
  socket.say("1", "3", "a", "x");
  socket.say("2", "4", "b", "y");
  EXPECT_EQ(socket.events, "a x\nb y\n");
  EXPECT_EQ(socket.take(), "");
}

TEST_F(a_socket, takes_an_event_without_join_ref_for_the_channel_that_is_joined) {
  socket.say("1", "1", "a", "phx_join");
  socket.say(std::nullopt, "3", "a", "x");
  EXPECT_EQ(socket.events, "a x\n");
}

TEST_F(a_socket, ignores_what_an_earlier_join_sent) {
  socket.say("1", "1", "a", "phx_join");
  socket.say("9", "3", "a", "x");
  socket.say("9", "4", "a", "phx_leave");
  EXPECT_EQ(socket.events, "");
  EXPECT_EQ(socket.take(), "");
  EXPECT_EQ(socket.channel_count(), 1U);
}

TEST_F(a_socket, replies_to_a_leave_before_it_closes) {
  socket.say("1", "1", "a", "phx_join");
  socket.say("1", "2", "a", "phx_leave");
  EXPECT_EQ(socket.take(),
            "[\"1\",\"2\",\"a\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]\n"
            "[\"1\",\"1\",\"a\",\"phx_close\",{}]\n");
  EXPECT_EQ(socket.ends, std::vector{end_reason::left});
  EXPECT_EQ(socket.channel_count(), 0U);
}

TEST_F(a_socket, closes_the_old_channel_before_it_looks_at_a_second_join) {
  socket.say("1", "1", "a", "phx_join");
  socket.refuses = true;
  socket.say("5", "5", "a", "phx_join");
  EXPECT_EQ(socket.take(),
            "[\"1\",\"1\",\"a\",\"phx_close\",{}]\n"
            "[\"5\",\"5\",\"a\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":"
            "\"no\"}}]\n");
  EXPECT_EQ(socket.ends, std::vector{end_reason::duplicate_join});
}

TEST_F(a_socket, says_that_no_topic_matches_where_nothing_joins_it) {
  socket.say("1", "1", "nothing", "phx_join");
  EXPECT_EQ(socket.take(),
            "[null,\"1\",\"nothing\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":"
            "\"unmatched topic\"}}]\n");
  EXPECT_EQ(socket.channel_count(), 0U);
}

TEST_F(a_socket, refuses_more_channels_than_it_may_have) {
  socket.say("1", "1", "a", "phx_join");
  socket.say("2", "2", "b", "phx_join");
  socket.say("3", "3", "c", "phx_join");
  EXPECT_EQ(socket.take(),
            "[\"3\",\"3\",\"c\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":"
            "\"too many channels joined\"}}]\n");
  socket.say("4", "4", "a", "phx_join");
  EXPECT_EQ(socket.take(), "[\"1\",\"1\",\"a\",\"phx_close\",{}]\n");
  EXPECT_EQ(socket.channel_count(), 2U);
}

TEST_F(a_socket, tells_a_client_that_a_channel_failed_with_the_ref_of_its_join) {
  socket.say("1", "1", "a", "phx_join");
  socket.fail_first();
  EXPECT_EQ(socket.take(), "[\"1\",\"1\",\"a\",\"phx_error\",{}]\n");
  EXPECT_EQ(socket.ends, std::vector{end_reason::failed});
}

TEST_F(a_socket, ends_all_channels_without_a_message_when_its_client_is_gone) {
  socket.say("1", "1", "a", "phx_join");
  socket.say("2", "2", "b", "phx_join");
  socket.hang_up();
  EXPECT_EQ(socket.take(), "");
  EXPECT_EQ(socket.ends, (std::vector{end_reason::closed, end_reason::closed}));
  EXPECT_EQ(socket.channel_count(), 0U);
}

TEST_F(a_socket, hands_on_what_cannot_be_used_and_does_nothing_else) {
  socket.say("1", "1", "t", "phx_join");
  socket.expected_payload = "JSON";
  (void)socket.take();
  socket.say("1", "2", "t", "command");
  socket.say("3", "3", "t", "phx_join");
  EXPECT_EQ(socket.events, "bad t JSON\nbad join JSON\n");
  EXPECT_TRUE(socket.ends.empty()) << "the channel that was there stays";
  EXPECT_EQ(socket.take(), "");
}

TEST_F(a_socket, leaves_and_answers_heartbeats_without_looking_at_the_payload) {
  socket.say("1", "1", "t", "phx_join");
  socket.expected_payload = "JSON";
  socket.say(std::nullopt, "2", "phoenix", "heartbeat");
  socket.say("1", "3", "t", "phx_leave");
  EXPECT_EQ(socket.events, "");
  EXPECT_EQ(socket.ends, std::vector{end_reason::left});
}

}  // namespace
}  // namespace musubi::phoenix
