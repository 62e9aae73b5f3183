/// Clients that want a host for themselves: what a good one sees meanwhile, and what is left
/// behind. scripts/test-attacks does the same over real sockets.

#include "support/board.hpp"
#include "support/served.hpp"

#include <functional>
#include <vector>

namespace musubi::test {
namespace {

/// A host of a gateway's size, but for the bytes, and a good client on it.
class attack : public testing::Test {
 protected:
  static constexpr std::string_view beat = R"([null,"b","phoenix","heartbeat",{}])";
  static constexpr std::string_view beaten =
      R"([null,"b","phoenix","phx_reply",{"status":"ok","response":{}}])";
  /// A heartbeat whose payload makes it so long.
  static std::string named(std::size_t bytes) {
    const std::string frame = R"([null,"b","phoenix","heartbeat",{"x":""}])";
    return R"([null,"b","phoenix","heartbeat",{"x":")" + std::string(bytes - frame.size(), 'y') +
           "\"}]";
  }
  static constexpr unsigned char page_bytes[60000] = "a page";
  static constexpr net::http::asset files[] = {{"/index.html", "text/html", "tag", page_bytes}};

  static memory_port::options options() {
    memory_port::options chosen{.limits = small_limits()};
    chosen.limits.connections = 128;
    chosen.limits.requests = 64;
    chosen.limits.pages = 512;
    chosen.limits.subscriptions = 512;
    chosen.limits.frames = {{{512, 256}, {1024, 256}, {4096, 256}, {16384, 4}}};
    chosen.sizes = {.streams = 2048, .pipe_bytes = 4096};
    return chosen;
  }
  explicit attack(const memory_port::options& chosen = options()) : server(chosen) {
    server.host().assets({.assets = files});
    good = std::make_unique<browser>(server.open());
    quiet = std::make_unique<root>(good->mounted("Test.Board"));
    at_rest = server.in_use();
  }

  /// Connections of an attacker, as many as wanted: who was ended comes back at once.
  void keep(std::size_t count, const std::function<void(memory_port::client&)>& begin) {
    attackers.resize(std::max(attackers.size(), count));
    for (memory_port::client& each : attackers) {
      if (each && !each.dropped()) continue;
      each = server.host().connect();
      if (each) begin(each);
    }
  }
  /// Each of the attackers does so, every 50 ms. Meanwhile the good client's commands are answered
  /// at once, and there is a new page, now and then, within a second.
  void expect_served_for(duration span, const std::function<void()>& act) {
    const time_point start = server.host().events().now();
    const auto now = [&] { return server.host().events().now() - start; };
    duration slowest{};
    while (now() < span) {
      browser page = server.connection();
      (void)server.end_of(page).write(upgrade_text() + joining);
      const duration begun = now();
      std::string received;
      while (received.find(R"("status":"ok")") == std::string::npos && now() < begun + 5s) {
        act();
        server.run();
        const std::string ref = quiet->command("echo", R"({"words":"there"})");
        ASSERT_EQ(good->next(), quiet->ok(ref, R"({"words":"there"})"));
        received += page.wire().read();
        server.run_for(50ms);
      }
      slowest = std::max(slowest, now() - begun);
    }
    EXPECT_LT(slowest, 1s) << "until a new page was there";
  }
  /// The attackers leave, and all is as before.
  void expect_recovered() {
    attackers.clear();
    for (int i = 0; i < 3; ++i) {
      server.run_for(20s);
      (void)quiet->command("echo", R"({"words":"there"})");
      EXPECT_FALSE(good->next().empty());
    }
    EXPECT_EQ(server.in_use(), at_rest);
    EXPECT_EQ(server.host().events().used(), 1U);
  }

  static inline const std::string joining =
      client_text(R"(["1","1","musubi:connection:x","phx_join",{"module":"Test.Board","id":"x"}])");
  surroundings here;
  served<board_socket> server;
  std::unique_ptr<browser> good;
  std::unique_ptr<root> quiet;
  std::string at_rest;
  std::vector<memory_port::client> attackers;
};

// --- requests ---

TEST_F(attack, by_a_thousand_heads_of_two_bytes_a_second_keeps_no_new_page_out) {
  const std::string head = upgrade_text();
  std::size_t sent = 0;
  int ticks = 0;
  expect_served_for(5s, [&] {
    keep(1000, [&](memory_port::client& fresh) { (void)fresh.write(head.substr(0, 1)); });
    if (++ticks % 10 != 0) return;
    ++sent;
    for (memory_port::client& each : attackers) (void)each.write(head.substr(sent % 80, 1));
  });
  expect_recovered();
}

TEST_F(attack, by_a_hundred_silent_connections_delays_nobody) {
  expect_served_for(5s, [&] { keep(100, [](memory_port::client&) {}); });
  expect_recovered();
}

TEST_F(attack, by_readers_who_do_not_read_delays_nobody) {
  expect_served_for(5s, [&] {
    keep(64, [](memory_port::client& fresh) {
      (void)fresh.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
  });
  expect_recovered();
}

TEST_F(attack, by_readers_of_a_few_bytes_a_second_delays_nobody) {
  expect_served_for(10s, [&] {
    keep(64, [](memory_port::client& fresh) {
      (void)fresh.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    std::byte few[40];
    for (memory_port::client& each : attackers) (void)each.read(few);
  });
  expect_recovered();
}

TEST_F(attack, by_connections_that_do_not_leave_when_they_were_refused_delays_nobody) {
  expect_served_for(
      2s, [&] { keep(200, [](memory_port::client& fresh) { (void)fresh.write("\r\n\r\n"); }); });
  expect_recovered();
}

TEST_F(attack, by_slow_readers_leaves_a_good_download_alone) {
  browser loading = server.connection();
  (void)server.end_of(loading).write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::size_t loaded = 0;
  int ticks = 0;
  expect_served_for(3s, [&] {
    keep(80, [](memory_port::client& fresh) {
      (void)fresh.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    if (++ticks % 2 == 0) return;  // it takes some in each tenth of a second
    std::byte some[3000];
    loaded += server.end_of(loading).read(some);
  });
  loaded += loading.wire().read().size();
  EXPECT_GT(loaded, 60000U) << "head and body";
}

// --- messages ---

TEST_F(attack, by_many_requests_at_once_is_answered_one_a_turn) {
  std::string requests;
  for (int i = 0; i < 5; ++i) requests += "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  memory_port::client flooding = server.host().connect();
  ASSERT_EQ(flooding.write(requests), requests.size());
  for (int turns = 0; turns < 10 && flooding.waiting() == 0; ++turns) {
    (void)server.host().events().turn();
  }
  const std::size_t one = flooding.waiting();
  ASSERT_NE(one, 0U);
  (void)server.host().events().turn();
  EXPECT_EQ(flooding.waiting(), 2 * one);
  server.run();
  EXPECT_EQ(flooding.waiting(), 5 * one);
}

TEST_F(attack, by_unfinished_large_messages_keeps_nobody_from_sending_one) {
  const std::string large = client_text(named(4000));
  std::size_t sent = 3000;
  browser sender = server.open();
  const auto now = [&] { return server.host().events().now(); };
  bool waiting = false;
  time_point begun{};
  duration slowest{};
  int messages = 0;
  expect_served_for(10s, [&] {
    keep(8, [&](memory_port::client& fresh) {
      (void)fresh.write(upgrade_text() + large.substr(0, sent));
    });
    for (memory_port::client& each : attackers) (void)each.write(large.substr(sent, 1));
    ++sent;
    if (!waiting) {
      begun = now();
      sender.say(named(4000));
    }
    waiting = sender.next() != beaten;
    if (waiting) return;
    slowest = std::max(slowest, now() - begun);
    ++messages;
  });
  EXPECT_LE(slowest, 5s) << "two buffers for eight who hold one for a good second each";
  EXPECT_GE(messages, 3);
  sender.close();
  expect_recovered();
}

TEST_F(attack, by_more_unfinished_large_messages_than_can_wait_is_refused) {
  const std::string large = client_text(named(4000));
  keep(60, [&](memory_port::client& fresh) {
    (void)fresh.write(upgrade_text() + large.substr(0, 3000));
  });
  for (int i = 0; i < 30; ++i) {
    server.run_for(500ms);
    (void)quiet->command("echo", R"({"words":"there"})");
    EXPECT_FALSE(good->next().empty());
  }
  EXPECT_GT(server.counted().closed_overload, 30U) << "waited for ten seconds";
  EXPECT_GT(server.counted().closed_for_room, 10U) << "held a buffer, and did not get on";
  expect_recovered();
}

TEST_F(attack, by_unfinished_small_messages_does_not_last) {
  const std::string frame = client_text(beat);
  expect_served_for(3s, [&] {
    keep(100, [&](memory_port::client& fresh) {
      (void)fresh.write(upgrade_text() + frame.substr(0, 3));
    });
  });
  EXPECT_NE(server.in_use().find("read_buffers"), std::string::npos);
  server.run_for(15s);
  EXPECT_EQ(server.in_use(), at_rest);
  EXPECT_GE(server.counted().message_timeouts, 100U);
}

class attack_on_few_buffers : public attack {
 protected:
  static memory_port::options few() {
    memory_port::options chosen = options();
    chosen.limits.read_buffers = 2;
    return chosen;
  }
  attack_on_few_buffers() : attack(few()) {}
};

TEST_F(attack_on_few_buffers, is_over_when_the_slowest_has_made_room) {
  const std::string frame = client_text(beat);
  keep(2,
       [&](memory_port::client& fresh) { (void)fresh.write(upgrade_text() + frame.substr(0, 3)); });
  server.run();
  EXPECT_NE(server.in_use().find("read_buffers 2"), std::string::npos);
  const std::string ref = quiet->command("echo", R"({"words":"waits"})");
  EXPECT_TRUE(good->silent());
  server.run_for(1020ms);
  EXPECT_EQ(good->next(), quiet->ok(ref, R"({"words":"waits"})"));
  EXPECT_EQ(server.counted().closed_for_room, 1U);
  expect_recovered();
}

TEST_F(attack_on_few_buffers, by_slow_heads_ends_with_the_first_of_them) {
  keep(2, [](memory_port::client& fresh) { (void)fresh.write("GET / HT"); });
  server.run();
  const std::string ref = quiet->command("echo", R"({"words":"waits"})");
  EXPECT_TRUE(good->silent());
  server.run_for(50ms);
  EXPECT_EQ(good->next(), quiet->ok(ref, R"({"words":"waits"})"));
  expect_recovered();
}

TEST_F(attack_on_few_buffers, by_who_floods_and_does_not_read_is_over_soon) {
  std::string flood;
  while (flood.size() < 8000) flood += client_text(beat);
  keep(2, [&](memory_port::client& fresh) { (void)fresh.write(upgrade_text()); });
  server.run();
  for (int i = 0; i < 8; ++i) {
    for (memory_port::client& each : attackers) (void)each.write(flood);
    server.run();
  }
  EXPECT_NE(server.in_use().find("read_buffers 2"), std::string::npos) << server.in_use();
  const std::string ref = quiet->command("echo", R"({"words":"waits"})");
  EXPECT_TRUE(good->silent());
  server.run_for(1200ms);
  EXPECT_EQ(good->next(), quiet->ok(ref, R"({"words":"waits"})"));
  expect_recovered();
}

}  // namespace
}  // namespace musubi::test
