/// lwIP's MQTT client as a link uses it, and a broker that the test plays, in one stack.

#include "unit/port/lwip_rig.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include <musubi/lwip_mqtt/internal/client.hpp>
#include <musubi/lwip_mqtt/link.hpp>

namespace musubi::lwip_mqtt {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using lines = std::vector<std::string>;

/// What the session is told, a line each.
class recorder final : public mqtt::broker_events {
 public:
  void on_connected() noexcept override { told.emplace_back("connected"); }
  void on_lost(std::string_view why) noexcept override {
    told.push_back("lost: " + std::string(why));
  }
  void on_message(std::string_view topic, std::string_view payload) noexcept override {
    told.push_back(std::string(topic) + " " + std::string(payload));
  }
  void on_subscribed(std::uint32_t id, std::uint8_t granted) noexcept override {
    told.push_back("subscribed " + std::to_string(id) + " " + std::to_string(granted));
  }
  void on_sent(std::uint32_t id) noexcept override { told.push_back("sent " + std::to_string(id)); }
  void on_dropped(std::uint32_t messages) noexcept override {
    told.push_back("dropped " + std::to_string(messages));
  }
  void on_room() noexcept override { ++rooms; }

  lines taken() { return std::exchange(told, {}); }
  lines told;
  int rooms = 0;
};

const std::string welcome = "\x20\x02\x00\x00"s;

class a_client_of_lwip : public testing::Test {
 protected:
  a_client_of_lwip() {
    rig.service.loop().make_current();
    made.tell(events);
  }
  /// The broker's end of the latest connection.
  net::stream& broker() { return *rig.service.accepted.back(); }
  void settle() {
    for (int i = 0; i < 20; ++i) rig.settle();
  }
  /// What the broker has received since the last call.
  std::string read() {
    std::string all;
    for (;;) {
      settle();
      std::array<std::byte, 256> bytes{};
      const auto got = broker().try_read(bytes);
      if (got.outcome != net::io::done || got.bytes == 0) return all;
      all.append(reinterpret_cast<const char*>(bytes.data()), got.bytes);
    }
  }
  void send(std::string_view bytes, std::size_t piece = 10000) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
      const auto now = bytes.substr(0, piece);
      (void)broker().try_write(std::as_bytes(std::span(now.data(), now.size())));
      settle();
    }
  }
  void reach() {
    made.connect();
    settle();
    ASSERT_FALSE(rig.service.accepted.empty());
  }
  void connect() {
    reach();
    (void)read();
    send(welcome);
    ASSERT_EQ(events.taken(), lines{"connected"});
  }

  test::lwip_rig rig;
  recorder events;
  client made{{.host = "10.0.0.1",
               .port = test::lwip_rig::number,
               .client = "cellar",
               .user = "ada",
               .password = "secret",
               .will = {"cellar/online", "0", "1"}}};
};

TEST_F(a_client_of_lwip, says_who_it_is_and_what_it_leaves) {
  reach();
  EXPECT_EQ(read(),
            "\x10\x31\x00\x04MQTT\x04\xEE\x00\x14"
            "\x00\x06"
            "cellar\x00\x0D"
            "cellar/online\x00\x01"
            "0\x00\x03"
            "ada\x00\x06"
            "secret"s);
  EXPECT_EQ(events.taken(), lines{});
  send(welcome);
  EXPECT_EQ(events.taken(), lines{"connected"});
}

TEST_F(a_client_of_lwip, publishes_and_tells_what_was_acknowledged) {
  connect();
  EXPECT_TRUE(made.publish(77, "a/b", "23", true));
  EXPECT_TRUE(made.publish(78, "a/c", "", false));
  rig.run_for(1s);  // the second waits for TCP's acknowledgement of the first
  EXPECT_EQ(read(),
            "\x33\x09\x00\x03"
            "a/b\x00\x01"
            "23\x32\x07\x00\x03"
            "a/c\x00\x02"s);
  send("\x40\x02\x00\x02"s);
  send("\x40\x02\x00\x02"s);  // twice
  send("\x40\x02\x00\x01"s);
  EXPECT_EQ(events.taken(), (lines{"sent 78", "sent 77"}));
}

TEST_F(a_client_of_lwip, subscribes_and_takes_messages_wherever_tcp_splits_them) {
  connect();
  EXPECT_TRUE(made.subscribe(3, "a/+"));
  EXPECT_EQ(read(),
            "\x82\x08\x00\x01\x00\x03"
            "a/+\x01"s);
  const std::string all =
      "\x90\x03\x00\x01\x01"
      "\x32\x09\x00\x03"
      "a/b\x00\x05"
      "23\x30\x06\x00\x03"
      "a/c1"s;
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    send(all, piece);
    lines told{"a/b 23", "a/c 1"};
    if (piece == 1) told.insert(told.begin(), "subscribed 3 1");  // it is answered once
    EXPECT_EQ(events.taken(), told) << "in pieces of " << piece;
    EXPECT_EQ(read(), "\x40\x02\x00\x05"s);
  }
}

TEST_F(a_client_of_lwip, tells_which_subscription_is_refused_and_what_another_was_granted) {
  connect();
  EXPECT_TRUE(made.subscribe(3, "a/+"));
  EXPECT_TRUE(made.subscribe(4, "b/+"));
  send("\x90\x03\x00\x02\x00\x90\x03\x00\x01\x80"s);
  EXPECT_EQ(events.taken(), (lines{"subscribed 4 0", "subscribed 3 128"}));
  EXPECT_TRUE(made.publish(77, "a/b", "23", true));  // in their places
  EXPECT_TRUE(made.publish(78, "a/b", "24", true));
  send("\x40\x02\x00\x03"s);
  EXPECT_EQ(events.taken(), lines{"sent 77"});
}

TEST_F(a_client_of_lwip, reads_an_answer_whose_length_takes_four_bytes) {
  connect();
  EXPECT_TRUE(made.subscribe(3, "a/+"));
  send("\x90\x83\x80\x80\x00\x00\x01\x80"s);
  EXPECT_EQ(events.taken(), lines{"subscribed 3 128"});
}

TEST_F(a_client_of_lwip, drops_and_acknowledges_a_message_that_is_too_long) {
  connect();
  send(
      "\x32\x88\x02\x00\x03"
      "a/b\x00\x07"s +
      std::string(257, 'x') +
      "\x30\x06\x00\x03"
      "a/c1"s);
  EXPECT_EQ(events.taken(), (lines{"dropped 1", "a/c 1"}));
  EXPECT_EQ(read(), "\x40\x02\x00\x07"s);
}

TEST_F(a_client_of_lwip, says_why_it_was_refused) {
  for (const auto& [code, why] : {std::pair{'\x01', "the broker does not speak MQTT 3.1.1"},
                                  {'\x02', "the broker refuses the name of this client"},
                                  {'\x03', "the broker is not available"},
                                  {'\x04', "the broker refuses the user or the password"},
                                  {'\x05',
                                   "the broker does not let this client in: the user or the "
                                   "password is wrong, or has no right to connect"},
                                  {'\x77', "the broker refuses the connection"}}) {
    reach();
    send("\x20\x02\x00"s + code);
    EXPECT_EQ(events.taken(), lines{"lost: "s + why});
  }
}

TEST_F(a_client_of_lwip, gives_up_a_broker_that_breaks_the_protocol) {
  for (const std::string& wrong : {"HTTP/1.1 400 Bad Request\r\n\r\n"s, std::string(1000, '\xFF'),
                                   "\x20\x02\x00\x00\xF0\x00"s}) {
    reach();
    send(wrong);
    ASSERT_FALSE(events.told.empty());
    EXPECT_EQ(events.taken().back(), "lost: the broker breaks the protocol");
  }
}

TEST_F(a_client_of_lwip, says_that_the_broker_has_ended_the_connection) {
  connect();
  broker().close();
  rig.service.accepted.pop_back();
  settle();
  EXPECT_EQ(events.taken(), lines{"lost: the broker has ended the connection"});
  connect();  // and connects again
}

TEST_F(a_client_of_lwip, notices_a_broker_that_has_vanished) {
  connect();
  EXPECT_TRUE(made.publish(1, "a/b", "23", true));
  rig.stack.loses = [] { return true; };
  rig.run_for(2min);
  ASSERT_EQ(events.told.size(), 1U);
  EXPECT_EQ(events.told[0].substr(0, 5), "lost:");
  rig.stack.loses = nullptr;
}

TEST_F(a_client_of_lwip, asks_a_silent_broker_whether_it_is_there) {
  connect();
  rig.run_for(30s);
  EXPECT_NE(read().find("\xC0\x00"s), std::string::npos);
  send("\xD0\x00"s);
  rig.run_for(20s);
  send("\xD0\x00"s);
  EXPECT_EQ(events.taken(), lines{});
}

TEST_F(a_client_of_lwip, refuses_what_finds_no_room_and_says_when_there_is_some) {
  connect();
  const std::string payload(200, 'x');
  std::uint32_t id = 0;
  rig.stack.loses = [] { return true; };  // nothing is acknowledged
  while (id < 100 && made.publish(id, "a/b", payload, true)) ++id;
  EXPECT_LT(id, 100U);
  EXPECT_FALSE(made.subscribe(3, "a/+"));
  rig.stack.loses = nullptr;
  std::string all;
  for (int i = 0; i < 20; ++i) {
    rig.run_for(1s);
    all += read();
  }
  EXPECT_EQ(all.size(), id * (2 + 1 + 2 + 3 + 2 + payload.size()));
  EXPECT_GT(events.rooms, 0);
  for (std::uint32_t i = 1; i <= id; ++i) send("\x40\x02\x00"s + static_cast<char>(i));
  EXPECT_TRUE(made.subscribe(3, "a/+"));
}

TEST_F(a_client_of_lwip, says_nothing_after_it_was_ended) {
  connect();
  made.disconnect();
  settle();
  EXPECT_EQ(events.taken(), lines{});
  EXPECT_FALSE(made.publish(1, "a/b", "23", true));
  EXPECT_FALSE(made.subscribe(3, "a/+"));
}

TEST(a_wrong_link_of_lwip, says_why) {
  const auto problem = [](mqtt::options chosen) {
    chosen.limits = {.payload_bytes = 64, .waiting_bytes = 1024, .in_flight = 2};
    return std::string(client::problem_of(chosen).view());
  };
  EXPECT_EQ(problem({.host = "10.0.0.1"}), "");
  EXPECT_EQ(problem({.host = "broker.local"}),
            "the address of the broker is not in numbers, as in 192.0.2.7");
  EXPECT_EQ(problem({.host = "10.0.0.1", .ca_file = "x"}), "this link does not speak TLS");
  EXPECT_EQ(client::problem_of({.host = "10.0.0.1"}).view().substr(0, 23),
            "link_limits::in_flight ");
}

constexpr mqtt::link_limits small{.shares = 2,
                                  .values = 2,
                                  .payload_bytes = 64,
                                  .waiting_bytes = 640,
                                  .in_flight = 2,
                                  .echoes = 4};

TEST(a_link_of_lwip, shares_a_value_in_fixed_memory) {
  test::lwip_rig rig;
  rig.service.loop().make_current();
  watch<std::int32_t> target{20};
  link<small> hub({.host = "10.0.0.1", .port = test::lwip_rig::number, .client = "cellar"});
  hub.share(target, "house/target");
  EXPECT_EQ(hub.problem(), "");
}

}  // namespace
}  // namespace musubi::lwip_mqtt
