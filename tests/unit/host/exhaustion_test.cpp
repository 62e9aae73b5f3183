/// Each pool of a host used up in turn: whoever comes too late is told which, nobody else notices,
/// and everything comes back.

#include "support/board.hpp"
#include "support/crowded.hpp"

#include <vector>

namespace musubi::test {
namespace {

using crowded = crowded_host<board_socket>;

TEST(exhausted_pool, of_connections_is_answered_503_with_retry_after) {
  crowded crowd([](limits& l) { l.connections = 3; });
  std::vector<browser> others;
  others.push_back(crowd.server.open());
  others.push_back(crowd.server.open());
  for (int i = 0; i < 3; ++i) {
    browser late = crowd.server.connection();
    const response refused = late.upgrade();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.field("Retry-After"), "5");
    EXPECT_EQ(refused.body, "pool exhausted: connections\n");
  }
  EXPECT_EQ(failures(crowd.server.core(), "connections"), 3U);
  EXPECT_EQ(crowd.server.counted().upgrades_full, 3U);
  crowd.expect_bystander_well();
  others.clear();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_requests_lets_newcomers_wait_in_the_networks_queue) {
  crowded crowd([](limits& l) { l.requests = 2; });
  std::vector<browser> slow;
  for (int i = 0; i < 2; ++i) {
    slow.push_back(crowd.server.connection());
    slow.back().send("GET / HT");
  }
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade().status, 0) << "it has to wait";
  crowd.expect_bystander_well();
  slow.pop_back();
  crowd.server.run();
  EXPECT_NE(late.wire().read().find("101 Switching"), std::string::npos);
  late.close();
  slow.clear();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_requests_is_freed_by_requests_that_are_idle) {
  crowded crowd([](limits& l) { l.requests = 2; });
  std::vector<browser> idle;
  for (int i = 0; i < 2; ++i) {
    idle.push_back(crowd.server.connection());
    EXPECT_EQ(idle.back().get("/").status, 404);
  }
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade().status, 101);
  late.close();
  idle.clear();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_requests_is_freed_by_requests_that_become_idle_while_somebody_waits) {
  crowded crowd([](limits& l) { l.requests = 2; });
  std::vector<browser> slow;
  for (int i = 0; i < 2; ++i) {
    slow.push_back(crowd.server.connection());
    slow.back().send("GET / HTTP/1.1\r\nHost: ");
  }
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade().status, 0) << "it has to wait";
  slow.front().send("localhost\r\n\r\n");
  EXPECT_TRUE(slow.front().wire().read().starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(slow.front().ended());
  EXPECT_NE(late.wire().read().find("101 Switching"), std::string::npos);
  late.close();
  slow.clear();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_requests_is_freed_by_a_connection_that_is_silent_for_more_than_a_second) {
  crowded crowd([](limits& l) { l.requests = 2; });
  browser silent = crowd.server.connection();
  browser begun = crowd.server.connection();
  begun.send("G");
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade().status, 0) << "it has to wait";
  crowd.server.run_for(2s);
  EXPECT_TRUE(silent.ended());
  EXPECT_FALSE(begun.ended());
  EXPECT_EQ(crowd.server.counted().closed_for_room, 1U);
  EXPECT_NE(late.wire().read().find("101 Switching"), std::string::npos);
  late.close();
  begun.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_requests_leaves_a_silent_connection_alone_while_nobody_needs_its_place) {
  crowded crowd([](limits& l) { l.requests = 2; });
  browser silent = crowd.server.connection();
  crowd.server.run_for(5s);
  EXPECT_FALSE(silent.ended());
}

TEST(exhausted_pool, of_pages_is_named_to_who_joins) {
  crowded crowd([](limits& l) { l.pages = 3; });
  browser page = crowd.server.open();
  root first = page.mounted("Test.Board", "1");
  (void)page.mounted("Test.Board", "2");
  const root late = page.join("Test.Board", "3");
  EXPECT_EQ(page.next(), late.refused(late.join_ref(), exhausted("pages")));
  crowd.expect_bystander_well();
  (void)first.leave();
  (void)page.all();
  (void)page.mounted("Test.Board", "3");
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_subscriptions_is_named_to_who_joins) {
  crowded crowd([](limits& l) { l.subscriptions = 2; });
  browser page = crowd.server.open();
  constexpr std::string_view listening = R"({"listen":true})";
  (void)page.mounted("Test.Board", "1", listening);
  (void)page.mounted("Test.Board", "2", listening);
  const root late = page.join("Test.Board", "3", listening);
  EXPECT_EQ(page.next(), late.refused(late.join_ref(), exhausted("subscriptions")));
  crowd.expect_bystander_well();
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_read_buffers_makes_clients_with_half_a_message_wait) {
  crowded crowd([](limits& l) { l.read_buffers = 3; });
  const std::string beat = client_text(R"([null,"b","phoenix","heartbeat",{}])");
  std::vector<browser> halves;
  for (int i = 0; i < 3; ++i) halves.push_back(crowd.server.open());
  for (browser& each : halves) each.send(beat.substr(0, 10));
  EXPECT_NE(crowd.server.in_use().find("read_buffers 3"), std::string::npos);
  const std::string ref = crowd.quiet->command("echo", R"({"words":"waits"})");
  EXPECT_TRUE(crowd.bystander->silent());
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade().status, 0);
  halves[1].send(beat.substr(10));
  EXPECT_FALSE(halves[1].silent());
  EXPECT_EQ(crowd.bystander->next(), crowd.quiet->ok(ref, R"({"words":"waits"})"));
  EXPECT_NE(late.wire().read().find("101 Switching"), std::string::npos);
  for (std::size_t i : {0U, 2U}) {
    halves[i].send(beat.substr(10));
    EXPECT_FALSE(halves[i].silent());
  }
  halves.clear();
  late.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_read_buffers_is_freed_by_who_leaves_with_half_a_message) {
  crowded crowd([](limits& l) { l.read_buffers = 1; });
  browser half = crowd.server.open();
  half.send(client_text("x").substr(0, 3));
  const std::string ref = crowd.quiet->command("echo", R"({"words":"waits"})");
  EXPECT_TRUE(crowd.bystander->silent());
  half.close();
  EXPECT_EQ(crowd.bystander->next(), crowd.quiet->ok(ref, R"({"words":"waits"})"));
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_decoding_is_named_to_who_looks_at_params_without_a_type) {
  crowded crowd([](limits& l) { l.decode_bytes = 2048; });
  browser page = crowd.server.open();
  std::string many = R"({"more":[0)";
  for (int i = 0; i < 100; ++i) many += ",0";
  many += "]}";
  const root late = page.join("Test.Board", "curious", many);
  EXPECT_EQ(page.next(), late.refused(late.join_ref(), exhausted("decode")));
  crowd.expect_bystander_well();
  const root small = page.join("Test.Board", "curious", R"({"more":[0]})");
  EXPECT_EQ(page.next(), small.joined());
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_decoding_does_not_concern_payloads_that_have_a_type) {
  crowded crowd([](limits& l) { l.decode_bytes = 256; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Board");
  std::string many = R"({"amount":1,"more":[0)";
  for (int i = 0; i < 1000; ++i) many += ",0";
  const std::string ref = main.command("add", many + "]}");
  EXPECT_EQ(page.next(), main.ok(ref, "{}"));
}

TEST(exhausted_pool, of_mail_is_named_in_the_reply) {
  crowded crowd([](limits& l) { l.mail = {{{256, 2}, {1024, 0}, {4096, 0}}}; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Board");
  (void)main.command("wait", R"({"amount":1})");
  (void)main.command("add", R"({"amount":1})");
  (void)main.command("add", R"({"amount":1})");
  const std::string ref = main.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), main.refused(ref, exhausted("mail")));
  crowd.expect_bystander_well();
  crowd.server.core().loop().make_current();
  crowd.here.gate.notify();
  const std::string all = page.all();
  EXPECT_NE(all.find(replace("/count", "3")), std::string::npos);
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_frames_is_named_to_a_command_and_lets_newcomers_in) {
  crowded crowd([](limits& l) { l.frames = {{{16384, 14}, {0, 0}, {0, 0}, {0, 0}}}; });
  browser waiting = crowd.server.open();
  std::vector<root> roots;
  std::string answer;
  std::string ref;
  for (int i = 0; i < 10 && answer.empty(); ++i) {  // each handler takes two frames
    roots.push_back(waiting.mounted("Test.Board", std::to_string(i)));
    ref = roots.back().command("wait", R"({"amount":1})");
    answer = waiting.next();
  }
  EXPECT_EQ(answer, roots.back().refused(ref, exhausted("coroutine_frames")));
  browser late = crowd.server.connection();
  EXPECT_EQ(late.upgrade({}).status, 101);
  late.close();
  crowd.expect_bystander_well();
  waiting.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_backlog_blocks_cuts_off_who_wants_more_and_nobody_else) {
  crowded crowd([](limits& l) {
    l.backlog_blocks = 4;
    l.connections = 4;
  });
  browser slow = crowd.server.open();
  browser greedy = crowd.server.open();
  const std::string join = client_text(
      R"(["1","1","musubi:connection:a","phx_join",{"module":"Test.Scroll","id":"m"}])");
  (void)crowd.server.end_of(slow).write(join);
  crowd.server.run();
  (void)crowd.server.end_of(greedy).write(join);
  crowd.server.run();
  EXPECT_TRUE(crowd.server.end_of(greedy).dropped()) << "the other one may read yet";
  EXPECT_EQ(crowd.server.counted().closed_behind, 1U);
  EXPECT_GE(failures(crowd.server.core(), "backlog_blocks"), 1U);
  crowd.expect_bystander_well();
  EXPECT_NE(slow.next().find("\"status\":\"ok\""), std::string::npos);
  EXPECT_NE(slow.next().find("line of a scroll"), std::string::npos);
  slow.close();
  greedy.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_backlog_blocks_is_freed_by_who_takes_nothing) {
  crowded crowd([](limits& l) {
    l.backlog_blocks = 4;
    l.connections = 4;
  });
  browser deaf = crowd.server.open();
  browser late = crowd.server.open();
  const std::string join = client_text(
      R"(["1","1","musubi:connection:a","phx_join",{"module":"Test.Scroll","id":"m"}])");
  (void)crowd.server.end_of(deaf).write(join);
  crowd.server.run_for(1s);
  (void)crowd.server.end_of(late).write(join);
  crowd.server.run();
  EXPECT_TRUE(crowd.server.end_of(deaf).dropped());
  EXPECT_FALSE(crowd.server.end_of(late).dropped());
  EXPECT_EQ(crowd.server.counted().closed_for_room, 1U);
  EXPECT_NE(late.next().find("\"status\":\"ok\""), std::string::npos);
  EXPECT_NE(late.next().find("line of a scroll"), std::string::npos);
  crowd.expect_bystander_well();
  deaf.close();
  late.close();
  crowd.expect_recovered();
}

}  // namespace
}  // namespace musubi::test
