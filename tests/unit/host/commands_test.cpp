/// Contract section 4 over a whole host: commands, their answers, their order.

#include "support/board.hpp"
#include "support/served.hpp"

namespace musubi::test {
namespace {

class commands_of_a_host : public testing::Test {
 protected:
  surroundings here;
  served<board_socket> server;
  browser page = server.open();
  root main = page.mounted("Test.Board");

  std::string send(std::string_view payload) { return main.push("command", payload); }
};

// contract section 4.5
TEST_F(commands_of_a_host, replies_first_and_patches_then) {
  const std::string ref = main.command("add", R"({"amount":5})");
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.patch(2, replace("/count", "5")));
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, sends_reply_and_patch_in_one_write) {
  const std::uint32_t before = server.end_of(page).writes();
  (void)main.command("add", R"({"amount":5})");
  EXPECT_EQ(server.end_of(page).writes(), before + 1);
}

TEST_F(commands_of_a_host, answers_what_came_in_one_read_with_one_write) {
  const std::string add =
      "[\"1\",\"7\",\"" + main.topic() + R"(","command",{"name":"add","payload":{"amount":1}}])";
  const std::uint32_t before = server.end_of(page).writes();
  page.send(client_text(add) + client_text(add) + client_text(add));
  EXPECT_EQ(server.end_of(page).writes(), before + 1);
  for (int version = 2; version <= 4; ++version) {
    EXPECT_EQ(page.next(), main.ok("7"));
    EXPECT_EQ(page.next(), main.patch(version, replace("/count", std::to_string(version - 1))));
  }
}

// contract section 6.1
TEST_F(commands_of_a_host, sends_no_patch_when_nothing_changed) {
  const std::string ref = main.command("echo", R"({"words":"hello"})");
  EXPECT_EQ(page.next(), main.ok(ref, R"({"words":"hello"})"));
  const std::string zero = main.command("add", R"({"amount":0})");
  EXPECT_EQ(page.next(), main.ok(zero));
  EXPECT_TRUE(page.silent());
}

// contract section 6.1
TEST_F(commands_of_a_host, counts_versions_by_patches_sent) {
  for (int version = 2; version < 6; ++version) {
    (void)main.command("add", R"({"amount":0})");
    (void)page.next();
    (void)main.command("add", R"({"amount":1})");
    (void)page.next();
    EXPECT_EQ(page.next(), main.patch(version, replace("/count", std::to_string(version - 1))));
  }
}

// contract section 4.1
TEST_F(commands_of_a_host, takes_absent_payload_and_store_id_as_empty_and_ignores_further_keys) {
  const std::string ref = send(R"({"name":"refuse","root_id":"x","more":[1,{"a":null}]})");
  EXPECT_EQ(page.next(), main.refused(ref, R"({"reason":"not now","field":"time"})"));
}

// contract section 4.1
TEST_F(commands_of_a_host, refuses_a_command_without_a_name) {
  for (const auto* payload :
       {"{}", R"({"name":""})", R"({"name":7})", R"({"name":null})",
        R"({"name":"add","store_id":{}})", R"({"name":"add","store_id":"x"})",
        R"({"name":"add","payload":[]})", R"({"name":"add","payload":null})"}) {
    const std::string ref = send(payload);
    EXPECT_EQ(page.next(), main.refused_for(ref, "missing required field")) << payload;
  }
  EXPECT_TRUE(page.silent());
}

// contract section 4.2
TEST_F(commands_of_a_host, refuses_an_unknown_store_before_an_unknown_command) {
  const std::string both = send(R"({"store_id":["child"],"name":"nope"})");
  EXPECT_EQ(page.next(), main.refused_for(both, "unknown store"));
  const std::string name = send(R"({"store_id":[ ],"name":"nope"})");
  EXPECT_EQ(page.next(), main.refused_for(name, "unknown command"));
  EXPECT_TRUE(page.silent());
}

// contract sections 4.8 and 11.2
TEST_F(commands_of_a_host, says_which_field_of_a_payload_was_wrong_and_changes_nothing) {
  const std::string text = main.command("add", R"({"amount":"five"})");
  EXPECT_EQ(
      page.next(),
      main.refused(text, R"({"reason":"invalid payload","field":"amount","expected":"integer"})"));
  const std::string absent = main.command("add");
  EXPECT_EQ(
      page.next().substr(
          0, main.refused(absent, R"({"reason":"invalid payload","field":"amount")").size() - 2),
      main.refused(absent, R"({"reason":"invalid payload","field":"amount")")
          .substr(
              0,
              main.refused(absent, R"({"reason":"invalid payload","field":"amount")").size() - 2));
  EXPECT_TRUE(page.silent());
}

// contract section 4.5
TEST_F(commands_of_a_host, answers_in_the_order_in_which_was_asked) {
  std::string expected;
  for (int i = 0; i < 20; ++i) {
    const std::string words = std::to_string(i);
    const std::string ref = main.command("echo", R"({"words":")" + words + "\"}");
    expected += main.ok(ref, R"({"words":")" + words + "\"}") + "\n";
  }
  EXPECT_EQ(page.all(), expected);
}

// contract section 4.6
TEST_F(commands_of_a_host, ends_the_root_with_phx_error_when_a_handler_throws) {
  (void)main.command("throw");
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1");
  EXPECT_EQ(server.counted().pages.failures, 1U);

  const root again = page.join("Test.Board");
  EXPECT_EQ(page.next(), again.joined());
  EXPECT_EQ(page.next(), again.initial(board_state()));
}

TEST_F(commands_of_a_host, ends_the_root_when_a_handler_fails) {
  (void)main.command("fail");
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
}

// contract section 4.6
TEST_F(commands_of_a_host, ends_the_root_when_render_throws) {
  const std::string ref = main.command("spoil_render");
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, lets_no_other_root_notice_a_failure) {
  root other = page.mounted("Test.Board", "other");
  browser elsewhere = server.open();
  root third = elsewhere.mounted("Test.Board");
  (void)main.command("throw");
  EXPECT_EQ(page.next(), main.error());
  const std::string ref = other.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), other.ok(ref));
  EXPECT_EQ(page.next(), other.patch(2, replace("/count", "1")));
  EXPECT_TRUE(elsewhere.silent());
  (void)third.command("add", R"({"amount":1})");
  EXPECT_EQ(elsewhere.next(), third.ok("2"));
}

// --- handlers that wait ---

TEST_F(commands_of_a_host, answers_a_handler_that_waited_when_it_ends_in_one_write) {
  const std::string ref = main.command("wait", R"({"amount":3})");
  EXPECT_TRUE(page.silent());
  const std::uint32_t before = server.end_of(page).writes();
  here.gate.notify();
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.patch(2, replace("/count", "3")));
  EXPECT_EQ(server.end_of(page).writes(), before + 1);
}

// contract section 4.4
TEST_F(commands_of_a_host, gives_the_reply_of_a_handler_that_waited) {
  const std::string ref = main.command("later", R"({"milliseconds":250})");
  EXPECT_TRUE(page.silent());
  server.run_for(249ms);
  EXPECT_TRUE(page.silent());
  server.run_for(1ms);
  EXPECT_EQ(page.next(), main.ok(ref, R"({"count":1})"));
  EXPECT_EQ(page.next(), main.patch(2, replace("/count", "1")));
}

TEST_F(commands_of_a_host, keeps_the_messages_of_a_page_in_order_while_its_handler_waits) {
  const std::string slow = main.command("wait", R"({"amount":1})");
  const std::string second = main.command("add", R"({"amount":10})");
  const std::string third = main.command("echo", R"({"words":"third"})");
  EXPECT_TRUE(page.silent());
  here.gate.notify();
  EXPECT_EQ(page.next(), main.ok(slow));
  EXPECT_EQ(page.next(), main.patch(2, replace("/count", "1")));
  EXPECT_EQ(page.next(), main.ok(second));
  EXPECT_EQ(page.next(), main.patch(3, replace("/count", "11")));
  EXPECT_EQ(page.next(), main.ok(third, R"({"words":"third"})"));
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, keeps_the_order_when_waiting_handlers_wait_in_line) {
  std::string refs[4];
  for (std::string& each : refs) each = main.command("later", R"({"milliseconds":10})");
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(page.silent());
    server.run_for(10ms);
    const std::string count = std::to_string(i + 1);
    EXPECT_EQ(page.next(), main.ok(refs[i], "{\"count\":" + count + "}"));
    EXPECT_EQ(page.next(), main.patch(i + 2, replace("/count", count)));
  }
}

TEST_F(commands_of_a_host, serves_other_pages_while_a_handler_waits) {
  root other = page.mounted("Test.Board", "other");
  (void)main.command("wait", R"({"amount":3})");
  const std::string ref = other.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), other.ok(ref));
  EXPECT_EQ(page.next(), other.patch(2, replace("/count", "1")));
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, answers_heartbeats_while_a_handler_waits) {
  (void)main.command("wait", R"({"amount":3})");
  const std::string ref = page.heartbeat();
  EXPECT_EQ(page.next(),
            "[null,\"" + ref + R"(","phoenix","phx_reply",{"status":"ok","response":{}}])");
}

TEST_F(commands_of_a_host, names_the_mailbox_when_it_overflows_and_recovers) {
  (void)main.command("wait", R"({"amount":1})");
  for (int i = 0; i < 4; ++i) (void)main.command("add", R"({"amount":1})");
  EXPECT_TRUE(page.silent());
  const std::string beyond = main.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), main.refused(beyond, R"({"reason":"exhausted","pool":"mailbox"})"));
  here.gate.notify();
  (void)page.all();
  const std::string ref = main.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.patch(7, replace("/count", "6")));
}

TEST_F(commands_of_a_host, ends_the_root_when_a_handler_that_waited_throws) {
  (void)main.command("throw_later");
  (void)main.command("add", R"({"amount":1})");
  server.run_for(1ms);
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(commands_of_a_host, keeps_the_root_when_a_handler_that_waited_refuses) {
  const std::string ref = main.command("refuse_later");
  server.run_for(1ms);
  EXPECT_EQ(page.next(), main.refused_for(ref, "1 ms too late"));
  EXPECT_TRUE(page.silent());
}

// contract section 4.7
TEST_F(commands_of_a_host, ends_the_root_when_a_handler_exceeds_its_time) {
  (void)main.command("wait", R"({"amount":1})");
  (void)main.command("add", R"({"amount":1})");
  server.run_for(4999ms);
  EXPECT_TRUE(page.silent());
  server.run_for(1ms);
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1");
  here.gate.notify();
  EXPECT_TRUE(page.silent());
  (void)page.mounted("Test.Board");
}

TEST_F(commands_of_a_host, measures_the_time_of_each_handler_by_itself) {
  std::string refs[3];
  for (std::string& each : refs) each = main.command("later", R"({"milliseconds":4000})");
  server.run_for(12s);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(page.next(), main.ok(refs[i], "{\"count\":" + std::to_string(i + 1) + "}"));
    (void)page.next();
  }
}

TEST_F(commands_of_a_host, abandons_a_waiting_handler_when_its_root_is_left) {
  (void)main.command("wait", R"({"amount":1})");
  (void)main.command("add", R"({"amount":1})");
  const std::string ref = main.leave();
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.closed());
  EXPECT_EQ(server.in_use(), "connections 1");
  here.gate.notify();
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, abandons_a_waiting_handler_when_its_browser_is_gone) {
  (void)main.command("wait", R"({"amount":1})");
  page.close();
  EXPECT_EQ(server.in_use(), "");
  here.gate.notify();
  server.run();
}

TEST_F(commands_of_a_host, ignores_a_command_without_ref) {
  page.say("[\"1\",null,\"" + main.topic() +
           R"(","command",{"name":"add","payload":{"amount":1}}])");
  EXPECT_TRUE(page.silent());
}

TEST_F(commands_of_a_host, fails_the_root_on_a_binary_command) {
  page.send(client_frame(0x2, std::string("\0\x01\x01\x1e\x07", 5) + "1" + "5" +
                                  "musubi:connection:Test.Board:m" + "command" + "bytes"));
  // topic differs: it is not joined
  EXPECT_TRUE(page.next().find("unmatched topic") != std::string::npos);
}

}  // namespace
}  // namespace musubi::test
