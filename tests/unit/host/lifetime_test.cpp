/// Hosts that come and go, and what they are asked to let go of.

#include "support/board.hpp"
#include "support/served.hpp"

namespace musubi::test {
namespace {

constexpr std::string_view as_a_listener = R"({"listen":true})";

TEST(a_host, may_be_destroyed_with_clients_in_every_state) {
  surroundings here;
  {
    served<board_socket> server;
    browser waiting = server.connection();
    browser idle = server.connection();
    (void)idle.get("/");
    browser half = server.connection();
    half.send("GET / HT");
    browser open = server.open();
    root main = open.mounted("Test.Board", "main", as_a_listener);
    (void)main.command("wait", R"({"amount":1})");
    (void)main.command("add", R"({"amount":1})");
    browser closing = server.open();
    (void)closing.mounted("Test.Board", "main", as_a_listener);
    closing.say("nonsense");
    browser gone = server.open();
    (void)gone.mounted("Test.Board", "main", as_a_listener);
    server.end_of(gone).close();  // and the host has not noticed
  }
  EXPECT_EQ(here.ends, "closed closed closed ");
  here.gate.notify();
}

TEST(a_host, may_be_destroyed_right_after_a_client_was_cut_off) {
  surroundings here;
  {
    served<board_socket> server;
    browser page = server.open();
    (void)page.mounted("Test.Board", "main", as_a_listener);
    server.core().loop().make_current();
    server.core().each_websocket([](websocket& each) { each.abort(); });
  }
  EXPECT_EQ(here.ends, "closed ");
  // nothing of it is left in the topic
  served<board_socket> next;
  browser page = next.open();
  root main = page.mounted("Test.Board", "main", as_a_listener);
  here.channel.publish({3});
  EXPECT_EQ(page.next(), main.patch(2, replace("/heard", "3")));
}

TEST(a_host, leaves_its_place_in_a_topic_to_the_next) {
  surroundings here;
  for (int i = 0; i < 40; ++i) {
    served<board_socket> server;
    browser page = server.open();
    root main = page.mounted("Test.Board", "main", as_a_listener);
    EXPECT_TRUE(here.channel.post({i + 1}));
    EXPECT_EQ(page.next(), main.patch(2, replace("/heard", std::to_string(i + 1))));
    EXPECT_TRUE(here.channel.post({i}));  // which it does not live to hear
  }
  served<board_socket> last;
  browser page = last.open();
  (void)page.mounted("Test.Board", "main", as_a_listener);
  EXPECT_TRUE(page.silent());
}

TEST(a_host, disconnects_whom_its_application_chooses) {
  surroundings here;
  served<board_socket> server;
  browser ada = server.open({.path = "/socket/websocket?vsn=2.0.0&user=ada"});
  (void)ada.mounted("Test.Board");
  browser bob = server.open({.path = "/socket/websocket?vsn=2.0.0&user=bob"});
  root main = bob.mounted("Test.Board");
  server.host().disconnect_if([](const board_socket& socket) { return socket.user == "ada"; });
  EXPECT_EQ(ada.close_code(), 1008);
  EXPECT_EQ(ada.close_reason(), "credentials changed");
  const std::string ref = main.command("echo", R"({"words":"still here"})");
  EXPECT_EQ(bob.next(), main.ok(ref, R"({"words":"still here"})"));
}

TEST(a_host, disconnects_all_though_one_is_found_gone_when_another_is_closed) {
  surroundings here;
  served<board_socket> server;
  browser ada = server.open({.path = "/socket/websocket?vsn=2.0.0&user=ada"});
  (void)ada.mounted("Test.Board", "main", as_a_listener);
  browser bob = server.open({.path = "/socket/websocket?vsn=2.0.0&user=bob"});
  (void)bob.mounted("Test.Board", "main", as_a_listener);
  browser eve = server.open({.path = "/socket/websocket?vsn=2.0.0&user=eve"});
  (void)eve.mounted("Test.Board", "main", as_a_listener);
  const auto shut_down = [](served<board_socket>& all) -> task<> {
    co_await sleep(1s);
    surroundings::current->channel.publish({1});
    for (int rounds = 0; rounds < 6; ++rounds) co_await sleep(0s);  // what they say of it waits
    all.faults().arm(memory_port::operation::write, memory_port::failure::disconnect, 2);
    all.host().disconnect_if([](const board_socket&) { return true; });
    EXPECT_FALSE(all.faults().armed());
  };
  EXPECT_TRUE(server.host().spawn(shut_down(server)).ok());
  server.run_for(2s);
  EXPECT_EQ(ada.close_code(), 1008);
  EXPECT_TRUE(bob.ended());
  EXPECT_EQ(eve.close_code(), 1008);
}

TEST(a_host, ends_all_late_messages_though_the_next_is_found_gone_when_one_is_ended) {
  surroundings here;
  served<board_socket> server;
  browser ada = server.open();
  browser bob = server.open();
  (void)bob.mounted("Test.Board", "main", as_a_listener);
  browser eve = server.open();
  server.run_for(500ms);  // between two looks of the host's own
  const std::string part = client_text("[null,").substr(0, 4);
  for (browser* each : {&ada, &bob, &eve}) each->send(part);
  const auto look = [](served<board_socket>& all) -> task<> {
    co_await sleep(10s + 200ms);
    surroundings::current->channel.publish({1});
    for (int rounds = 0; rounds < 6; ++rounds) co_await sleep(0s);  // what bob is told of it waits
    all.faults().arm(memory_port::operation::write, memory_port::failure::disconnect, 1);
    all.core().buffers().sweep();
    EXPECT_FALSE(all.faults().armed());
  };
  EXPECT_TRUE(server.host().spawn(look(server)).ok());
  server.run_for(10s + 300ms);
  EXPECT_EQ(ada.close_code(), 1008);
  EXPECT_TRUE(bob.ended());
  EXPECT_EQ(eve.close_code(), 1008);
  EXPECT_EQ(server.counted().message_timeouts, 2U);
}

TEST(a_host, runs_background_work_beside_its_clients_and_ends_it) {
  surroundings here;
  int ticks = 0;
  struct counted {
    explicit counted(int& of) : left(&of) {}
    ~counted() { *left = -1; }
    int* left;
  };
  int alive = 1;
  {
    served<board_socket> server;
    const auto work = [](int& count, int& left) -> task<> {
      counted guard(left);
      for (;;) {
        co_await sleep(1s);
        ++count;
        surroundings::current->channel.publish({count});
      }
    };
    EXPECT_TRUE(server.host().spawn(work(ticks, alive)).ok());
    browser page = server.open();
    root main = page.mounted("Test.Board", "main", as_a_listener);
    for (int version = 2; version < 6; ++version) {
      server.run_for(1s);
      EXPECT_EQ(page.next(), main.patch(version, replace("/heard", std::to_string(version - 1))));
    }
    EXPECT_EQ(alive, 1);
  }
  EXPECT_EQ(alive, -1);
}

TEST(a_host, mounts_the_same_root_for_every_browser_apart) {
  surroundings here;
  served<board_socket> server;
  browser first = server.open();
  browser second = server.open();
  root mine = first.mounted("Test.Board");
  root yours = second.mounted("Test.Board");
  (void)mine.command("add", R"({"amount":5})");
  (void)first.all();
  EXPECT_TRUE(second.silent());
  const std::string ref = yours.command("add", R"({"amount":1})");
  EXPECT_EQ(second.next(), yours.ok(ref));
  EXPECT_EQ(second.next(), yours.patch(2, replace("/count", "1")));
}

}  // namespace
}  // namespace musubi::test
