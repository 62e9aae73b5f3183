/// Topics over whole hosts: messages from handlers, other hosts and other threads.

#include "support/board.hpp"
#include "support/served.hpp"

#include <thread>

namespace musubi::test {
namespace {

constexpr std::string_view listening = R"({"listen":true})";

// docs/memory.md quotes these, with 64-bit pointers
struct reading {
  char text[84];
};
static_assert(sizeof(void*) != 8 || sizeof(musubi::topic<reading>) == 16 * 120);
static_assert(sizeof(void*) != 8 || sizeof(musubi::watch<reading>) == 16 * 120 + 4 * 88 + 8);
static_assert(sizeof(void*) != 8 || sizeof(musubi::mailbox<reading, 16>) == 16 * 92 + 120);
static_assert(sizeof(void*) != 8 || sizeof(musubi::work_slot) == 1024 + 96);

class topics : public testing::Test {
 protected:
  surroundings here;
  served<board_socket> server;
  browser page = server.open();

  void publish(std::int32_t number) {
    server.core().loop().make_current();
    here.channel.publish({number});
  }
};

// contract section 5.11
TEST_F(topics, reach_every_subscribed_page_and_no_other) {
  root hears = page.mounted("Test.Board", "hears", listening);
  (void)page.mounted("Test.Board", "deaf");
  browser elsewhere = server.open();
  root hears_too = elsewhere.mounted("Test.Board", "hears", listening);
  publish(7);
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "7")));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(elsewhere.next(), hears_too.patch(2, replace("/heard", "7")));
}

TEST_F(topics, make_one_patch_of_all_messages_of_a_turn) {
  root hears = page.mounted("Test.Board", "hears", listening);
  for (int i = 1; i <= 10; ++i) publish(i);
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "10")));
  EXPECT_TRUE(page.silent());
}

TEST_F(topics, send_nothing_when_nothing_changed) {
  (void)page.mounted("Test.Board", "hears", listening);
  publish(0);
  EXPECT_TRUE(page.silent());
}

TEST_F(topics, are_published_by_a_command_to_other_pages) {
  root tells = page.mounted("Test.Board", "tells");
  browser elsewhere = server.open();
  root hears = elsewhere.mounted("Test.Board", "hears", listening);
  const std::string ref = tells.command("tell", R"({"number":3})");
  EXPECT_EQ(page.next(), tells.ok(ref));
  EXPECT_EQ(page.next(), tells.patch(2, replace("/count", "1")));
  EXPECT_EQ(elsewhere.next(), hears.patch(2, replace("/heard", "3")));
}

TEST_F(topics, reach_the_page_whose_own_command_publishes_after_that_command) {
  root both = page.mounted("Test.Board", "both", listening);
  const std::string ref = both.command("tell", R"({"number":3})");
  EXPECT_EQ(page.next(), both.ok(ref));
  // the message is one of its own, behind the command
  EXPECT_EQ(page.next(), both.patch(2, replace("/count", "1")));
  EXPECT_EQ(page.next(), both.patch(3, replace("/heard", "3")));
  EXPECT_TRUE(page.silent());
}

TEST_F(topics, wait_for_a_page_whose_handler_waits) {
  root hears = page.mounted("Test.Board", "hears", listening);
  const std::string ref = hears.command("wait", R"({"amount":1})");
  publish(7);
  EXPECT_TRUE(page.silent());
  here.gate.notify();
  EXPECT_EQ(page.next(), hears.ok(ref));
  EXPECT_EQ(page.next(), hears.patch(2, replace("/count", "1")));
  EXPECT_EQ(page.next(), hears.patch(3, replace("/heard", "7")));
}

TEST_F(topics, end_a_page_that_would_miss_a_message) {
  root hears = page.mounted("Test.Board", "hears", listening);
  (void)hears.command("wait", R"({"amount":1})");
  for (int i = 0; i < 5; ++i) publish(i);
  EXPECT_EQ(page.next(), hears.error());
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1");
}

// contract sections 4.6 and 5.11
TEST_F(topics, end_a_page_whose_handle_info_throws) {
  root hears = page.mounted("Test.Board", "hears", listening);
  root other = page.mounted("Test.Board", "other");
  publish(-1);
  EXPECT_EQ(page.next(), hears.error());
  const std::string ref = other.command("echo", R"({"words":"here"})");
  EXPECT_EQ(page.next(), other.ok(ref, R"({"words":"here"})"));
}

TEST_F(topics, forget_a_page_that_is_gone) {
  root hears = page.mounted("Test.Board", "hears", listening);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1, subscriptions 1");
  (void)hears.leave();
  (void)page.all();
  EXPECT_EQ(server.in_use(), "connections 1");
  publish(7);
  EXPECT_TRUE(page.silent());
}

TEST_F(topics, come_from_another_thread) {
  root hears = page.mounted("Test.Board", "hears", listening);
  std::thread([this] { EXPECT_TRUE(here.channel.post({42})); }).join();
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "42")));
}

TEST_F(topics, say_so_when_as_many_messages_wait_as_they_hold) {
  (void)page.mounted("Test.Board", "hears", listening);
  std::thread([this] {
    for (int i = 0; i < 16; ++i) EXPECT_TRUE(here.channel.post({i}));
    EXPECT_FALSE(here.channel.post({16}));
  }).join();
  server.run();
  EXPECT_TRUE(here.channel.post({17}));
}

TEST(topics_of_a_host, say_so_when_its_pool_of_posts_is_empty) {
  surroundings here;
  memory_port::options tight{.limits = small_limits()};
  tight.limits.posts = {64, 2};
  served<board_socket> server(tight);
  browser page = server.open();
  root hears = page.mounted("Test.Board", "hears", listening);
  const auto failures = [&] {
    std::uint32_t counted = 0;
    server.core().each_pool([&](const pool_metrics& each) {
      if (each.name == "posts") counted = each.failures;
    });
    return counted;
  };
  std::thread([&] {
    EXPECT_TRUE(here.channel.post({1}));
    EXPECT_TRUE(here.channel.post({2}));
    EXPECT_FALSE(here.channel.post({3}));
  }).join();
  EXPECT_EQ(failures(), 1U);
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "2")));
  std::thread([&] { EXPECT_TRUE(here.channel.post({4})); }).join();
  EXPECT_EQ(page.next(), hears.patch(3, replace("/heard", "4")));
  EXPECT_EQ(server.in_use(), "connections 1, pages 1, subscriptions 1");
}

TEST_F(topics, cross_from_one_host_to_another) {
  served<board_socket> other_server;
  browser elsewhere = other_server.open();
  root hears = elsewhere.mounted("Test.Board", "hears", listening);
  root tells = page.mounted("Test.Board", "tells", listening);
  const std::string ref = tells.command("tell", R"({"number":9})");
  EXPECT_EQ(page.next(), tells.ok(ref));
  EXPECT_EQ(elsewhere.next(), hears.patch(2, replace("/heard", "9")));
}

// --- a client whose stream has no room ---

class a_client_without_room : public topics {
 protected:
  void publish(std::int32_t number) {
    server.core().loop().make_current();
    here.channel.publish({number});
    server.run();
  }
  void room(bool there) {
    server.faults().no_room = !there;
    server.run();
  }
  root hears = page.mounted("Test.Board", "hears", listening);
};

TEST_F(a_client_without_room, is_answered_and_gets_one_patch_of_the_newest_state_later) {
  room(false);
  for (int i = 1; i <= 100; ++i) publish(i);
  EXPECT_TRUE(page.silent());
  const std::uint64_t renders = server.counted().pages.renders;
  const std::string ref = hears.command("add", R"({"amount":1})");
  EXPECT_EQ(page.next(), hears.ok(ref));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.counted().pages.renders, renders);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1, subscriptions 1") << "no byte waits";
  room(true);
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "100") + "," + replace("/count", "1")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_client_without_room, is_told_that_it_joined_and_sees_the_state_later) {
  room(false);
  root late = page.join("Test.Board", "late", listening);
  EXPECT_EQ(page.next(), late.joined());
  EXPECT_TRUE(page.silent());
  publish(7);
  room(true);
  EXPECT_TRUE(page.next().starts_with(late.initial("{").substr(0, 60)));
  EXPECT_EQ(page.next(), hears.patch(2, replace("/heard", "7")));
  EXPECT_EQ(page.next(), late.patch(2, replace("/heard", "7")));
}

TEST_F(a_client_without_room, leaves_nothing_behind_when_it_goes) {
  room(false);
  publish(1);
  page.close();
  room(true);
  EXPECT_EQ(server.in_use(), "");
}

// --- a client that is behind ---

class a_client_that_is_behind : public topics {
 protected:
  a_client_that_is_behind() {
    tight.sizes.pipe_bytes = 2048;
    small = std::make_unique<served<board_socket>>(tight);
    slow = std::make_unique<browser>(small->open());
    hears = std::make_unique<root>(slow->mounted("Test.Board", "hears", listening));
  }
  void publish(std::int32_t number) {
    small->core().loop().make_current();
    here.channel.publish({number});
    small->run();  // and the browser does not read
  }
  memory_port::options tight{.limits = small_limits()};
  std::unique_ptr<served<board_socket>> small;
  std::unique_ptr<browser> slow;
  std::unique_ptr<root> hears;
};

TEST_F(a_client_that_is_behind, gets_one_patch_for_all_that_it_missed) {
  int last_seen = 0;
  for (int i = 1; i <= 1000; ++i) publish(i);
  const std::uint64_t patches = small->counted().pages.patches;
  EXPECT_LT(patches, 40U);
  std::string message;
  int version = 1;
  for (std::string next = slow->next(); !next.empty(); next = slow->next()) {
    message = next;
    ++version;
    const std::size_t value = next.find(R"("value":)");
    ASSERT_NE(value, std::string::npos);
    const int number = std::stoi(next.substr(value + 8));
    EXPECT_GT(number, last_seen);
    last_seen = number;
  }
  EXPECT_EQ(message, hears->patch(version, replace("/heard", "1000")));
  EXPECT_EQ(small->in_use(), "connections 1, pages 1, subscriptions 1");
}

TEST_F(a_client_that_is_behind, does_not_hold_up_others) {
  browser quick = small->open();
  root also_hears = quick.mounted("Test.Board", "hears", listening);
  for (int i = 1; i <= 200; ++i) {
    publish(i);
    EXPECT_EQ(quick.next(), also_hears.patch(i + 1, replace("/heard", std::to_string(i))));
  }
}

TEST_F(a_client_that_is_behind, is_answered_what_it_is_owed_when_it_has_caught_up) {
  for (int i = 1; i <= 100; ++i) publish(i);
  const std::string ref = hears->command("add", R"({"amount":1})");
  const std::string everything = slow->all();
  EXPECT_NE(everything.find(hears->ok(ref)), std::string::npos);
  EXPECT_NE(everything.find(replace("/count", "1")), std::string::npos);
}

TEST_F(a_client_that_is_behind, is_not_owed_the_reply_of_a_waiting_handler_before_it_reads) {
  const std::string ref = hears->command("wait", R"({"amount":1})");
  root noisy = slow->mounted("Test.Board", "noisy", listening);
  for (int i = 1; i <= 3; ++i) publish(i);
  here.gate.notify();
  small->run();
  const std::string everything = slow->all();
  EXPECT_NE(everything.find(hears->ok(ref)), std::string::npos);
  EXPECT_NE(everything.find(replace("/count", "1")), std::string::npos);
}

}  // namespace
}  // namespace musubi::test
