/// Contract sections 1.4, 3.2 and 3.3 over a whole host: control events, joins and their refusals.

#include "support/board.hpp"
#include "support/served.hpp"

namespace musubi::test {
namespace {

class channels : public testing::Test {
 protected:
  surroundings here;
  served<board_socket> server;
  browser page = server.open();

  /// Sends a join with this payload; answers the response of the refusal.
  std::string refusal(std::string_view payload,
                      std::string_view topic = "musubi:connection:Test.Board:main") {
    const std::string ref = page.ref();
    const std::string head = "[\"" + ref + "\",\"" + ref + "\",\"" + std::string(topic) + "\",";
    page.say(head + "\"phx_join\"," + std::string(payload) + "]");
    const std::string answer = page.next();
    const std::string expected = head + R"("phx_reply",{"status":"error","response":)";
    EXPECT_EQ(answer.substr(0, expected.size()), expected);
    EXPECT_TRUE(page.silent());
    return answer.substr(expected.size(), answer.size() - expected.size() - 2);
  }
};

TEST_F(channels, answers_a_heartbeat_without_join_ref) {
  EXPECT_EQ(page.heartbeat(), "1");
  EXPECT_EQ(page.next(), R"([null,"1","phoenix","phx_reply",{"status":"ok","response":{}}])");
}

// contract section 3.3
TEST_F(channels, replies_to_a_join_before_the_initial_envelope) {
  const root main = page.join("Test.Board", "main", R"({"label":"hi"})");
  EXPECT_EQ(page.next(), main.joined());
  EXPECT_EQ(page.next(), main.initial(board_state(0, "hi")));
  EXPECT_TRUE(page.silent());
}

TEST_F(channels, joins_without_params) {
  page.say(
      R"(["1","1","musubi:connection:Test.Board:a","phx_join",{"module":"Test.Board","id":"a"}])");
  EXPECT_TRUE(page.next().find(R"("status":"ok")") != std::string::npos);
}

// contract section 3.1
TEST_F(channels, derives_the_root_from_the_payload_not_from_the_topic) {
  page.say(
      R"(["1","1","musubi:connection:tenant7","phx_join",{"module":"Test.Board","id":"a","params":{}}])");
  EXPECT_EQ(
      page.next(),
      R"(["1","1","musubi:connection:tenant7","phx_reply",{"status":"ok","response":{"root_id":"Test.Board:a"}}])");
  EXPECT_TRUE(page.next().find(R"("root_id":"Test.Board:a","base_version":0)") !=
              std::string::npos);
}

TEST_F(channels, know_an_id_by_its_value_and_write_it_in_one_spelling) {
  (void)page.join("Test.Board", R"(a\"b\u00e9)");
  EXPECT_EQ(page.next(),
            "[\"1\",\"1\",\"musubi:connection:Test.Board:a\\\"b\u00e9\",\"phx_reply\","
            "{\"status\":\"ok\",\"response\":{\"root_id\":\"Test.Board:a\\\"b\u00e9\"}}]");
  EXPECT_TRUE(page.next().find("\"root_id\":\"Test.Board:a\\\"b\u00e9\"") != std::string::npos);
}

TEST_F(channels, refuse_a_payload_that_cannot_be_used_at_its_address_and_live_on) {
  (void)page.mounted("Test.Board");
  for (const auto* payload :
       {R"({"name":"echo","payload":{"words":"half \ud83d"}})", R"({"name":)", "[1,2"}) {
    page.say(R"(["1","7","musubi:connection:Test.Board:main","command",)" + std::string(payload) +
             "]");
    EXPECT_TRUE(page.next().find(R"({"status":"error","response":{"reason":"invalid payload")") !=
                std::string::npos)
        << payload;
  }
  page.say(R"(["9","9","musubi:connection:x","phx_join",{"module":"Test.Board","id":"a\ud83d"}])");
  EXPECT_EQ(
      page.next(),
      R"(["9","9","musubi:connection:x","phx_reply",{"status":"error","response":)"
      R"({"reason":"invalid params","expected":"strings without half of a surrogate pair"}}])");
  EXPECT_EQ(page.close_code(), 0);
}

TEST_F(channels, refuses_a_topic_that_no_route_matches) {
  page.say(R"(["1","1","room:lobby","phx_join",{}])");
  EXPECT_EQ(
      page.next(),
      R"([null,"1","room:lobby","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}])");
}

TEST_F(channels, refuses_a_topic_beside_the_root_channels) {
  EXPECT_EQ(refusal("{}", "musubi:elsewhere"), R"({"reason":"unauthorized"})");
}

// contract section 2.2
TEST_F(channels, refuses_what_handle_join_refuses_before_looking_at_the_rest) {
  EXPECT_EQ(refusal(R"({"id":"unauthorized"})"), R"({"reason":"unauthorized"})");
}

TEST_F(channels, refuses_a_join_whose_handle_join_broke) {
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"throwing"})"), R"({"reason":"join crashed"})");
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"failing"})"), R"({"reason":"join crashed"})");
}

// contract section 3.2
TEST_F(channels, refuses_a_join_without_module) {
  for (const auto* payload : {R"({"id":"a"})", R"({"module":"","id":"a"})",
                              R"({"module":7,"id":"a"})", "{}", "[]", "null", "\"x\""}) {
    EXPECT_EQ(refusal(payload), R"({"reason":"missing required field"})") << payload;
  }
}

// contract section 3.2
TEST_F(channels, refuses_a_join_without_id) {
  for (const auto* payload :
       {R"({"module":"Test.Board"})", R"({"module":"Test.Board","id":""})",
        R"({"module":"Test.Board","id":7})", R"({"module":"Test.Nope","params":[]})"}) {
    EXPECT_EQ(refusal(payload), R"({"reason":"missing root id"})") << payload;
  }
}

// contract section 3.2
TEST_F(channels, refuses_params_that_are_no_object) {
  for (const auto* params : {"null", "[]", "7", "\"x\""}) {
    EXPECT_EQ(refusal(R"({"module":"Test.Nope","id":"a","params":)" + std::string(params) + "}"),
              R"({"reason":"params must be a map"})")
        << params;
  }
}

// contract section 3.2
TEST_F(channels, refuses_a_module_that_is_not_declared) {
  EXPECT_EQ(refusal(R"({"module":"Test.Nope","id":"a","params":{}})"),
            R"({"reason":"unknown root"})");
}

TEST_F(channels, refuses_params_that_do_not_fit_and_says_which) {
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"a","params":{"listen":"yes"}})"),
            R"({"reason":"invalid params","field":"listen","expected":"boolean"})");
}

// contract section 3.2
TEST_F(channels, refuses_a_root_whose_mount_broke) {
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"a","params":{"label":"throw"}})"),
            R"({"reason":"join crashed"})");
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"a","params":{"label":"fail"}})"),
            R"({"reason":"join crashed"})");
}

TEST_F(channels, tells_why_a_root_refused_to_be_mounted) {
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":"a","params":{"label":"refuse"}})"),
            R"({"reason":"not today"})");
}

TEST_F(channels, keeps_nothing_of_a_refused_join) {
  (void)refusal(R"({"module":"Test.Board","id":"a","params":{"label":"throw"}})");
  (void)refusal(R"({"module":"Test.Board","id":"a","params":{"label":"refuse"}})");
  (void)refusal(R"({"module":"Test.Nope","id":"a","params":{}})");
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(channels, names_the_limit_that_a_topic_is_too_long_for) {
  const std::string id(200, 'x');
  EXPECT_EQ(refusal(R"({"module":"Test.Board","id":")" + id + "\"}",
                    "musubi:connection:Test.Board:" + id),
            R"({"reason":"topic too long","field":"topic_bytes"})");
}

// contract section 3.4
TEST_F(channels, answers_a_leave_and_closes_the_channel) {
  root main = page.mounted("Test.Board");
  const std::string ref = main.leave();
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.closed());
  EXPECT_EQ(here.ends, "left ");
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(channels, answers_a_leave_of_a_topic_that_is_not_joined) {
  const std::string ref = page.push("9", "musubi:connection:Test.Board:x", "phx_leave", "{}");
  EXPECT_EQ(page.next(),
            R"(["9",")" + ref +
                R"(","musubi:connection:Test.Board:x","phx_reply",{"status":"ok","response":{}}])");
  EXPECT_TRUE(page.silent());
}

TEST_F(channels, refuses_an_event_on_a_topic_that_is_not_joined) {
  const std::string ref = page.push("9", "musubi:connection:Test.Board:x", "command", "{}");
  EXPECT_EQ(
      page.next(),
      R"([null,")" + ref +
          R"(","musubi:connection:Test.Board:x","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}])");
}

TEST_F(channels, ignores_an_event_of_an_earlier_join) {
  root first = page.mounted("Test.Board");
  (void)first.leave();
  (void)page.all();
  root second = page.mounted("Test.Board");
  (void)first.command("add", R"({"amount":1})");
  (void)first.leave();
  EXPECT_TRUE(page.silent());
  const std::string ref = second.command("echo", R"({"words":"still here"})");
  EXPECT_EQ(page.next(), second.ok(ref, R"({"words":"still here"})"));
}

// contract section 3.4
TEST_F(channels, closes_the_old_channel_when_a_topic_is_joined_again) {
  root first = page.mounted("Test.Board");
  (void)first.command("add", R"({"amount":5})");
  (void)page.all();
  root second = page.join("Test.Board");
  EXPECT_EQ(page.next(), first.closed());
  EXPECT_EQ(page.next(), second.joined());
  EXPECT_EQ(page.next(), second.initial(board_state(0)));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.ends, "duplicate_join ");
}

TEST_F(channels, serves_a_leave_and_a_join_that_came_at_once) {
  root first = page.mounted("Test.Board");
  const std::string topic = first.topic();
  page.send(client_text("[\"1\",\"2\",\"" + topic + R"(","phx_leave",{}])") +
            client_text("[\"3\",\"3\",\"" + topic +
                        R"(","phx_join",{"module":"Test.Board","id":"main","params":{}}])"));
  const root second(page, topic, "3", "Test.Board:main");
  EXPECT_EQ(page.next(), first.ok("2"));
  EXPECT_EQ(page.next(), first.closed());
  EXPECT_EQ(page.next(), second.joined());
  EXPECT_EQ(page.next(), second.initial(board_state()));
}

TEST_F(channels, mounts_one_root_for_each_id_and_keeps_them_apart) {
  root left = page.mounted("Test.Board", "left");
  root right = page.mounted("Test.Board", "right");
  const std::string ref = left.command("add", R"({"amount":5})");
  EXPECT_EQ(page.next(), left.ok(ref));
  EXPECT_EQ(page.next(), left.patch(2, replace("/count", "5")));
  EXPECT_TRUE(page.silent());
  (void)left.leave();
  (void)page.all();
  const std::string second = right.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), right.ok(second));
  EXPECT_EQ(page.next(), right.patch(2, replace("/count", "1")));
}

TEST_F(channels, ends_a_root_on_an_event_that_it_does_not_know) {
  root main = page.mounted("Test.Board");
  (void)main.push("refresh", "{}");
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.ends, "failed ");
}

TEST_F(channels, ends_a_root_on_a_payload_that_is_no_object) {
  root main = page.mounted("Test.Board");
  (void)main.push("command", "[]");
  EXPECT_EQ(page.next(), main.error());
}

// contract section 3.4
TEST_F(channels, tells_the_roots_that_the_websocket_is_gone) {
  (void)page.mounted("Test.Board", "a");
  (void)page.mounted("Test.Board", "b");
  page.close();
  EXPECT_EQ(here.ends, "closed closed ");
  EXPECT_EQ(server.in_use(), "");
}

TEST(channel_limit, joins_a_hundred_channels_and_refuses_the_next) {
  surroundings here;
  memory_port::options chosen{.limits = small_limits()};
  chosen.limits.pages = 128;
  chosen.limits.pages_per_connection = 128;
  served<board_socket> server(chosen);
  browser page = server.open();
  std::vector<root> roots;
  for (int i = 0; i < 100; ++i) roots.push_back(page.mounted("Test.Board", std::to_string(i)));
  const root beyond = page.join("Test.Board", "beyond");
  EXPECT_EQ(page.next(), beyond.refused_for(beyond.join_ref(), "too many channels joined"));

  // joining one of them again is no further channel
  const root again = page.join("Test.Board", "7");
  EXPECT_EQ(page.next(), roots[7].closed());
  EXPECT_EQ(page.next(), again.joined());
  (void)page.next();
  (void)roots[8].leave();
  (void)page.all();
  (void)page.mounted("Test.Board", "beyond");

  browser other = server.open();
  (void)other.mounted("Test.Board");
}

}  // namespace
}  // namespace musubi::test
