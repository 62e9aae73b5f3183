#include "support/counting_allocator.hpp"
#include "unit/mqtt/played_session.hpp"

#include <algorithm>
#include <string>

namespace musubi::mqtt::test_session {
namespace {

using namespace std::chrono_literals;

TEST_F(a_session, connects_subscribes_and_says_that_it_is_there) {
  begin();
  EXPECT_EQ(broker.connects, 1);
  EXPECT_FALSE(made->state().get().connected);
  made->on_connected();
  EXPECT_EQ(broker.filters, (lines{"house/target", "house/+/alarm", "house/+/reading"}));
  EXPECT_EQ(broker.taken(), (lines{"house/online online", "house/door false"}));
  EXPECT_TRUE(made->state().get().connected);
  EXPECT_EQ(made->state().get().since, 1'700'000'000'000);
}

TEST_F(a_session, sends_the_value_of_a_watch_retained_when_it_is_set_and_only_once) {
  begin();
  connect();
  target.set(21);
  ASSERT_EQ(broker.sent.size(), 1U);
  EXPECT_TRUE(broker.sent[0].retained);
  EXPECT_EQ(broker.taken(), lines{"house/target 21"});
  target.set(21);
  EXPECT_EQ(broker.taken(), lines{});
}

TEST_F(a_session, takes_the_value_that_the_broker_retained_and_does_not_send_its_own) {
  begin();
  made->on_connected();
  made->on_message("house/target", "23");
  host.run_for(2 * session::settling_time);
  EXPECT_EQ(target.get(), 23);
  for (const std::string& each : broker.taken()) EXPECT_NE(each.substr(0, 12), "house/target");
}

TEST_F(a_session, sends_a_value_that_the_broker_does_not_have_once_it_had_time_to_tell) {
  begin();
  made->on_connected();
  broker.taken();
  host.run_for(session::settling_time - 1ms);
  EXPECT_EQ(broker.taken(), lines{});
  host.run_for(1ms);
  EXPECT_EQ(broker.taken(), lines{"house/target 20"});
}

TEST_F(a_session, sends_the_newest_value_alone_of_those_that_were_set_while_the_broker_was_away) {
  begin();
  for (int i = 0; i < 1000; ++i) {
    target.set(i);
    readings.publish({"north", i});
    readings.publish({"south", -i});
  }
  made->on_connected();
  broker.taken();
  acknowledge();
  broker.sent.clear();
  EXPECT_EQ(counted().dropped_out, 0U);
  EXPECT_EQ(counted().sent, 5U);  // with house/online and house/door
}

TEST_F(a_session, waits_ten_minutes_in_the_memory_that_it_has_and_then_sends_each_value_once) {
  begin();
  connect();
  made->report_to(nullptr, nullptr);  // what hears of it would keep it
  alarm_ear.unlink();
  reading_ear.unlink();
  made->on_lost("the broker has ended the connection");
  const test::heap_watch heap;
  int connects = broker.connects;
  for (int tenth = 0; tenth < 6000; ++tenth) {
    host.run_for(100ms);
    for (; connects < broker.connects; ++connects) made->on_lost("nobody listens");
    target.set(tenth);
    for (const char* site : {"north", "south", "west"}) {
      readings.publish({text<16>::clipped(site), tenth});
      alarms.publish({text<16>::clipped(site), tenth});
    }
  }
  EXPECT_EQ(heap.allocations(), 0U);
  EXPECT_GT(counted().dropped_out, 10000U);  // alarms, of which the newest wait
  const auto alarms_sent = [](const std::string& line) {
    return line.find("/alarm ") != std::string::npos;
  };
  while (broker.connects == connects) host.run_for(100ms);
  made->on_connected();
  lines sent;
  for (int i = 0; i < 10000; ++i) {
    const lines now = broker.taken();
    if (now.empty()) break;
    sent.insert(sent.end(), now.begin(), now.end());
    for (const auto& each : std::exchange(broker.unacknowledged, {})) made->on_sent(each.id);
  }
  EXPECT_GT(std::count_if(sent.begin(), sent.end(), alarms_sent), 100);
  sent.erase(std::remove_if(sent.begin(), sent.end(), alarms_sent), sent.end());
  std::sort(sent.begin(), sent.end());
  EXPECT_EQ(sent,
            (lines{"house/door false", R"(house/north/reading {"site":"north","celsius":5999})",
                   "house/online online", R"(house/south/reading {"site":"south","celsius":5999})",
                   "house/target 5999", R"(house/west/reading {"site":"west","celsius":5999})"}));
}

TEST_F(a_session, has_one_message_of_a_value_in_flight_and_then_sends_the_newest) {
  begin();
  connect();
  target.set(1);
  target.set(2);
  target.set(3);
  EXPECT_EQ(broker.taken(), lines{"house/target 1"});
  const auto id = broker.unacknowledged.back().id;
  broker.unacknowledged.clear();
  made->on_sent(id);
  EXPECT_EQ(broker.taken(), lines{"house/target 3"});
}

TEST_F(a_session, ignores_what_comes_before_its_own_value_is_back_so_that_all_agree) {
  begin();
  connect();
  target.set(2);
  made->on_message("house/target", "1");  // of another program, which will get the 2
  EXPECT_EQ(target.get(), 2);
  echo();
  EXPECT_EQ(counted().superseded, 1U);
  EXPECT_EQ(counted().echoes, 1U);
  made->on_message("house/target", "3");
  EXPECT_EQ(target.get(), 3);
}

TEST_F(a_session, is_not_deaf_for_long_if_its_own_value_does_not_come_back) {
  begin();
  connect();
  target.set(2);
  acknowledge();
  host.run_for(session::echo_time);
  made->on_message("house/target", "1");
  EXPECT_EQ(target.get(), 1);
}

TEST_F(a_session, does_not_send_back_what_it_received) {
  begin();
  connect();
  made->on_message("house/target", " 17 ");
  made->on_message("house/north/alarm", R"({"celsius":50,"site":"north"})");
  made->on_message("house/north/reading", R"({"celsius":5,"site":"north"})");
  host.run();
  EXPECT_EQ(heard, (lines{"north50", "north=5"}));
  EXPECT_EQ(broker.taken(), lines{});
  EXPECT_EQ(counted().received, 3U);
}

TEST_F(a_session, sends_each_message_of_a_topic_and_does_not_hear_its_own) {
  begin();
  connect();
  alarms.publish({"north", 50});
  alarms.publish({"north", 50});
  EXPECT_EQ(broker.taken(), (lines{R"(house/north/alarm {"site":"north","celsius":50})",
                                   R"(house/north/alarm {"site":"north","celsius":50})"}));
  heard.clear();
  echo();
  EXPECT_EQ(heard, lines{});
  made->on_message("house/north/alarm", R"({"site":"north","celsius":50})");  // now of another
  EXPECT_EQ(heard, lines{"north50"});
}

TEST_F(a_session, sends_what_a_subscriber_publishes_while_it_is_told_of_a_message) {
  begin();
  connect();
  direct_subscription answering{&alarms, [](void* to, const void* message) noexcept {
                                  const auto& now = *static_cast<const reading*>(message);
                                  if (now.celsius == 1) {
                                    static_cast<topic<reading>*>(to)->publish({now.site, 2});
                                  }
                                }};
  alarms.local()->add(answering);
  made->on_message("house/north/alarm", R"({"site":"north","celsius":1})");
  EXPECT_EQ(broker.taken(), lines{R"(house/north/alarm {"site":"north","celsius":2})"});
}

TEST_F(a_session, keeps_the_newest_messages_while_the_broker_is_away_and_counts_the_others) {
  limits.payload_bytes = 64;
  limits.waiting_bytes = 1024;
  begin();
  for (int i = 0; i < 1000; ++i) alarms.publish({"n", i});
  connect();
  ASSERT_GT(counted().dropped_out, 900U);
  EXPECT_EQ(counted().sent - 3, 1000 - counted().dropped_out);  // besides the three values
  EXPECT_EQ(reports.size(), 2U);  // it was said once, and that it is connected
}

TEST_F(a_session, has_no_more_messages_in_flight_than_its_limit) {
  begin();
  connect();
  for (int i = 0; i < 10; ++i) alarms.publish({"n", i});
  EXPECT_EQ(broker.taken().size(), 4U);
  const auto first = broker.unacknowledged.front().id;
  broker.unacknowledged.erase(broker.unacknowledged.begin());
  made->on_sent(first);
  made->on_sent(first);  // a broker that says it twice
  EXPECT_EQ(broker.taken().size(), 1U);
  acknowledge();
  EXPECT_EQ(counted().sent, 3U + 10U);
}

TEST_F(a_session, sends_again_what_was_not_acknowledged_when_the_connection_was_lost) {
  begin();
  connect();
  target.set(1);
  alarms.publish({"n", 7});
  EXPECT_EQ(broker.taken().size(), 2U);
  broker.unacknowledged.clear();
  made->on_lost("gone");
  host.run_for(1s);
  EXPECT_EQ(broker.connects, 2);
  made->on_connected();
  const auto again = broker.taken();
  EXPECT_EQ(std::count(again.begin(), again.end(), "house/target 1"), 1);
  EXPECT_EQ(std::count(again.begin(), again.end(), R"(house/n/alarm {"site":"n","celsius":7})"), 1);
  EXPECT_EQ(std::count(again.begin(), again.end(), "house/online online"), 1);
}

TEST_F(a_session, tells_that_the_broker_is_away_since_when_and_why) {
  begin();
  connect();
  made->on_lost("the broker has ended the connection");
  const link_state now = made->state().get();
  EXPECT_FALSE(now.connected);
  EXPECT_EQ(now.error, "the broker has ended the connection");
  host.run_for(1s);
  made->on_lost("nobody listens");
  EXPECT_EQ(made->state().get().error, "nobody listens");
  EXPECT_EQ(broker.connects, 2);
}

TEST_F(a_session, waits_longer_each_time_that_it_cannot_connect_and_says_so_once) {
  begin();
  int lost = 0;
  const auto connects_in = [&](duration time) {
    const int before = broker.connects;
    for (const time_point end = host.now() + time; host.now() < end; host.run_for(100ms)) {
      for (; lost < broker.connects; ++lost) made->on_lost("nobody listens");
    }
    return broker.connects - before;
  };
  EXPECT_GE(connects_in(10s), 4);
  (void)connects_in(1min);
  EXPECT_LE(connects_in(10min), 21);
  EXPECT_EQ(reports.size(), 1U);
}

TEST_F(a_session, gives_up_on_a_broker_that_does_not_answer) {
  begin();
  host.run_for(chosen.timeout);
  EXPECT_EQ(broker.disconnects, 1);
  EXPECT_EQ(made->state().get().error, "the broker did not answer in time");
  host.run_for(1s);
  EXPECT_EQ(broker.connects, 2);
}

TEST_F(a_session, does_not_hurry_when_another_client_has_its_name) {
  begin();
  for (int i = 0; i < 10000 && host.now() < time_point(600s); ++i) {
    made->on_connected();
    host.run_for(10ms);
    if (made->state().get().connected) made->on_lost("the broker has ended the connection");
    host.run_for(90ms);
  }
  EXPECT_GT(broker.connects, 20);
  EXPECT_LT(broker.connects, 40);  // in ten minutes
}

TEST_F(a_session, counts_what_does_not_fit_and_says_so_once_a_minute) {
  begin();
  connect();
  reports.clear();
  for (const char* payload :
       {"{", "\"x\"", "1.5", "99999999999", "null", "[]", R"({"a":1})", "1 2", "\xFF\xFE"}) {
    made->on_message("house/target", payload);
  }
  EXPECT_EQ(target.get(), 20);
  EXPECT_EQ(counted().misfits, 9U);
  ASSERT_EQ(reports.size(), 1U);
  host.run_for(61s);
  made->on_message("house/north/alarm", R"({"site":"north"})");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1], "house/north/alarm: celsius: expected integer (9 in all)");
}

TEST_F(a_session, refuses_a_message_whose_fields_belong_to_another_topic) {
  begin();
  connect();
  made->on_message("house/north/alarm", R"({"site":"south","celsius":1})");
  EXPECT_EQ(counted().misfits, 1U);
  EXPECT_EQ(heard, lines{});
}

TEST_F(a_session, replaces_a_retained_value_of_an_older_type_by_its_own) {
  begin();
  readings.publish({"north", 5});
  made->on_connected();
  broker.taken();
  made->on_message("house/target", R"({"degrees":19})");
  made->on_message("house/north/reading", R"({"site":"north","fahrenheit":41})");
  acknowledge();
  host.run_for(session::settling_time);
  EXPECT_EQ(target.get(), 20);
  EXPECT_EQ(counted().misfits + counted().superseded, 2U);
  const lines sent = broker.taken();
  EXPECT_EQ(std::count(sent.begin(), sent.end(), "house/target 20"), 1);
}

TEST_F(a_session, subscribes_and_sends_when_there_is_room) {
  begin();
  broker.room = 2;
  made->on_connected();
  EXPECT_EQ(broker.filters, (lines{"house/target", "house/+/alarm"}));
  EXPECT_EQ(broker.taken(), lines{});
  broker.room = 2;
  made->on_room();
  EXPECT_EQ(broker.filters, (lines{"house/target", "house/+/alarm", "house/+/reading"}));
  EXPECT_EQ(broker.taken(), lines{"house/online online"});
  broker.room = 100;
  made->on_room();
  EXPECT_EQ(broker.taken(), lines{"house/door false"});
}

TEST_F(a_session, ignores_an_empty_payload_with_which_a_retained_value_is_removed) {
  begin();
  connect();
  made->on_message("house/target", "");
  EXPECT_EQ(target.get(), 20);
  EXPECT_EQ(counted().misfits, 0U);
}

TEST_F(a_session, drops_a_value_that_is_too_long_or_that_finds_no_room_and_goes_on) {
  limits.values = 3;
  limits.payload_bytes = 64;
  begin();
  connect();
  readings.publish({"a", 1});
  readings.publish({"b", 1});  // the watches have the other two
  EXPECT_EQ(counted().dropped_out, 1U);
  alarms.publish({"not/a/level", 1});
  EXPECT_EQ(counted().dropped_out, 2U);
  target.set(3);
  EXPECT_EQ(broker.taken(),
            (lines{R"(house/a/reading {"site":"a","celsius":1})", "house/target 3"}));
}

TEST_F(a_session, says_what_is_wrong_with_a_share) {
  limits.shares = 4;
  begin();
  EXPECT_EQ(made->add(detail::kind_of<watch<bool>>(), &door, "x", direction::out, true),
            "x: more than 4 are shared; raise link_limits::shares");
  limits.shares = 5;
  ends();
  begin();
  EXPECT_EQ(
      made->add(detail::kind_of<topic<reading>>(), &alarms, "x/{place}", direction::out, true),
      "the topic 'x/{place}' names a field that does not exist");
}

TEST_F(a_session, sends_nothing_after_it_was_stopped) {
  begin();
  connect();
  made->stop();
  target.set(5);
  EXPECT_EQ(broker.taken(), lines{});
  made->on_message("house/target", "6");
  EXPECT_EQ(target.get(), 5);
  host.run_for(60s);
  EXPECT_EQ(broker.connects, 1);
}

}  // namespace
}  // namespace musubi::mqtt::test_session
