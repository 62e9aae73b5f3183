/// A session with a broker that does not allow everything.

#include "unit/mqtt/played_session.hpp"

#include <algorithm>
#include <string>

namespace musubi::mqtt::test_session {
namespace {

class a_session_without_rights : public a_session {
 protected:
  static constexpr std::uint32_t of_target = 0;  // the places of the shares
  static constexpr std::uint32_t of_alarms = 1;

  std::string refused() { return std::string(made->state().get().refused.view()); }
  void lose() { made->on_lost("the broker has ended the connection"); }
  void connect_to_one_that_allows_all() {
    made->on_connected();
    grant();
    host.run_for(session::settling_time);
    echo();
  }
  /// The broker ends a connection, and has the next one after a pause.
  void reconnect() {
    const int before = broker.connects;
    lose();
    while (broker.connects == before) host.run_for(100ms);
    broker.filters.clear();
    broker.asked.clear();
    broker.sent.clear();
    broker.unacknowledged.clear();
    made->on_connected();
  }
  /// Answers everything, one after the other, until it is asked for `filter` or sent to `topic`.
  /// Returns whether that happened.
  bool answer_until(std::string_view filter, std::string_view topic) {
    for (;;) {
      if (!broker.asked.empty()) {
        if (broker.filters.back() == filter) return true;
        const std::uint32_t next = broker.asked.front();
        broker.asked.erase(broker.asked.begin());
        made->on_subscribed(next, 1);
      } else if (broker.taken(); !broker.unacknowledged.empty()) {
        const auto next = broker.unacknowledged.front();
        if (next.topic == topic) return true;
        broker.unacknowledged.erase(broker.unacknowledged.begin());
        made->on_sent(next.id);
        made->on_message(next.topic, next.payload);
      } else {
        return false;
      }
    }
  }
  /// The broker ends each connection on which something is sent to `topic`, until the session gives
  /// that up. Returns how many it ended.
  int ends_over(std::string_view topic) {
    int ended = 0;
    while (ended < 10 && answer_until({}, topic)) {
      ++ended;
      reconnect();
    }
    return ended;
  }
  std::ptrdiff_t told(std::string_view text) {
    return std::count(reports.begin(), reports.end(), text);
  }
};

TEST_F(a_session_without_rights, says_which_subscription_is_refused_and_goes_on) {
  begin();
  made->on_connected();
  made->on_subscribed(of_target, 0x80);
  made->on_subscribed(of_alarms, 1);
  EXPECT_EQ(refused(), "house/target: the broker refuses the subscription");
  EXPECT_EQ(told(refused()), 1);
  EXPECT_EQ(counted().refused, 1U);
  EXPECT_TRUE(made->state().get().connected);
  made->on_message("house/north/alarm", R"({"site":"north","celsius":7})");
  EXPECT_EQ(heard, lines{"north7"});
}

TEST_F(a_session_without_rights, asks_again_on_the_next_connection_and_says_it_once) {
  begin();
  made->on_connected();
  made->on_subscribed(of_target, 0x80);
  reconnect();
  EXPECT_EQ(refused(), "");
  EXPECT_EQ(broker.filters, (lines{"house/target", "house/+/alarm", "house/+/reading"}));
  made->on_subscribed(of_target, 0x80);
  EXPECT_EQ(refused(), "house/target: the broker refuses the subscription");
  EXPECT_EQ(counted().refused, 2U);
  EXPECT_EQ(told(refused()), 1);
  reconnect();
  made->on_subscribed(of_target, 1);
  EXPECT_EQ(refused(), "");
  reconnect();
  made->on_subscribed(of_target, 0x80);  // anew
  EXPECT_EQ(told(refused()), 2);
}

TEST_F(a_session_without_rights, ignores_an_answer_to_what_was_not_asked) {
  begin();
  made->on_connected();
  made->on_subscribed(of_target, 1);
  made->on_subscribed(of_target, 0x80);
  made->on_subscribed(3, 0x80);  // it only sends
  made->on_subscribed(99, 0x80);
  EXPECT_EQ(counted().refused, 0U);
}

TEST_F(a_session_without_rights, says_that_messages_may_be_lost_with_qos_0) {
  begin();
  made->on_connected();
  reports.clear();
  made->on_subscribed(of_target, 0);
  EXPECT_EQ(reports, lines{"house/target: the broker grants QoS 0 only, so messages may be lost"});
  EXPECT_EQ(refused(), "");
  EXPECT_EQ(counted().refused, 0U);
  made->on_message("house/target", "23");
  EXPECT_EQ(target.get(), 23);
  made->on_subscribed(of_alarms, 2);
  EXPECT_EQ(reports.size(), 1U);
}

TEST_F(a_session_without_rights, finds_the_value_over_which_the_broker_ends_connections) {
  begin();
  connect();
  readings.publish({"north", 5});
  target.set(21);
  readings.publish({"south", 6});
  broker.taken();
  const int ended = ends_over("house/target");
  EXPECT_LE(ended, session::losses_until_careful + session::losses_until_withheld);
  EXPECT_EQ(refused(), "house/target: the broker ends the connection when it is sent");
  EXPECT_EQ(told(refused()), 1);
  EXPECT_TRUE(made->state().get().connected);
  readings.publish({"north", 7});
  EXPECT_EQ(broker.taken(), lines{R"(house/north/reading {"site":"north","celsius":7})"});
  target.set(22);
  EXPECT_EQ(broker.taken(), lines{});
}

TEST_F(a_session_without_rights, tries_what_was_withheld_last_on_the_next_connection) {
  begin();
  connect();
  target.set(21);
  ends_over("house/target");
  readings.publish({"north", 5});
  reconnect();
  EXPECT_TRUE(answer_until({}, "house/target"));
  EXPECT_EQ(broker.unacknowledged.size(), 1U);  // alone
  readings.publish({"north", 6});
  EXPECT_EQ(broker.taken(), lines{});
  made->on_sent(broker.unacknowledged.front().id);  // now it is allowed
  EXPECT_EQ(broker.taken(), lines{R"(house/north/reading {"site":"north","celsius":6})"});
  EXPECT_EQ(refused(), "");
}

TEST_F(a_session_without_rights, withholds_it_again_after_one_connection_without_saying_so_again) {
  begin();
  connect();
  target.set(21);
  ends_over("house/target");
  const std::string first = refused();
  reconnect();
  EXPECT_EQ(ends_over("house/target"), 1);
  EXPECT_EQ(refused(), first);
  EXPECT_EQ(told(first), 1);
}

TEST_F(a_session_without_rights, finds_the_will_and_the_messages_of_a_topic) {
  begin();
  made->on_connected();
  EXPECT_LE(ends_over("house/online"),
            session::losses_until_careful + session::losses_until_withheld);
  EXPECT_EQ(refused(), "house/online: the broker ends the connection when it is sent");
  alarms.publish({"north", 1});
  alarms.publish({"north", 2});
  ends_over("house/north/alarm");
  EXPECT_EQ(told("house/{site}/alarm: the broker ends the connection when it is sent"), 1);
  EXPECT_EQ(counted().dropped_out, 2U);
  alarms.publish({"north", 3});
  EXPECT_EQ(counted().dropped_out, 3U);
  target.set(23);
  EXPECT_EQ(broker.taken(), lines{"house/target 23"});
}

TEST_F(a_session_without_rights, finds_the_subscription_over_which_the_broker_ends_connections) {
  begin();
  made->on_connected();
  for (int i = 0; i < session::losses_until_careful; ++i) reconnect();  // it was asked for three
  for (int i = 0; i < session::losses_until_withheld; ++i) {
    EXPECT_TRUE(answer_until("house/+/alarm", {}));
    EXPECT_EQ(broker.asked.size(), 1U);
    reconnect();
  }
  EXPECT_FALSE(answer_until("house/+/alarm", {}));
  EXPECT_EQ(broker.filters, (lines{"house/target", "house/+/reading"}));
  EXPECT_EQ(refused(), "house/{site}/alarm: the broker ends the connection over the subscription");
  made->on_message("house/target", "23");
  EXPECT_EQ(target.get(), 23);
}

TEST_F(a_session_without_rights, blames_nothing_for_connections_that_are_lost_otherwise) {
  begin();
  connect_to_one_that_allows_all();
  for (int i = 1; i <= 20; ++i) {
    target.set(100 + i);
    reconnect();  // the network is bad, but now and then an answer comes
    answer_until({}, i % 2 == 0 ? "house/target" : "");
  }
  EXPECT_EQ(refused(), "");
  EXPECT_EQ(counted().refused, 0U);
}

TEST_F(a_session_without_rights, says_that_a_value_does_not_come_back) {
  begin();
  connect_to_one_that_allows_all();
  target.set(21);
  acknowledge();
  host.run_for(session::echo_time);
  EXPECT_EQ(refused(), "");
  target.set(22);
  EXPECT_EQ(refused(),
            "house/target: the broker does not send it back: may it be written and read?");
  EXPECT_EQ(told(refused()), 1);
  target.set(23);
  acknowledge();
  made->on_message("house/target", "23");  // it was only late
  EXPECT_EQ(refused(), "");
}

TEST_F(a_session_without_rights, expects_nothing_back_of_a_refused_subscription) {
  begin();
  made->on_connected();
  made->on_subscribed(of_target, 0x80);
  for (const int degrees : {21, 22, 23}) {
    target.set(degrees);
    acknowledge();
    host.run_for(session::echo_time);
  }
  EXPECT_EQ(refused(), "house/target: the broker refuses the subscription");
  EXPECT_EQ(counted().refused, 1U);
}

}  // namespace
}  // namespace musubi::mqtt::test_session
