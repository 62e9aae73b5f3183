#pragma once
/// A session with a broker that the test plays, on a clock that the test moves.

#include "unit/async/virtual_host.hpp"

#include <chrono>
#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <musubi/mqtt/internal/session.hpp>

namespace musubi::mqtt::test_session {

using namespace std::chrono_literals;

struct reading {
  text<16> site;
  std::int32_t celsius;
};

/// Does as it is told, and remembers what it was asked.
class played_broker final : public broker {
 public:
  struct message {
    std::uint32_t id;
    std::string topic;
    std::string payload;
    bool retained;
  };
  void connect() noexcept override { ++connects; }
  void disconnect() noexcept override { ++disconnects; }
  bool subscribe(std::uint32_t id, std::string_view filter) noexcept override {
    if (room == 0) return false;
    --room;
    filters.emplace_back(filter);
    asked.push_back(id);
    return true;
  }
  bool publish(std::uint32_t id, std::string_view topic, std::string_view payload,
               bool retained) noexcept override {
    if (room == 0) return false;
    --room;
    sent.push_back({id, std::string(topic), std::string(payload), retained});
    return true;
  }
  std::uint32_t random() noexcept override { return 512; }
  std::int64_t wall_clock() noexcept override { return 1'700'000'000'000; }

  /// What was sent since the last call, as "topic payload".
  std::vector<std::string> taken() {
    std::vector<std::string> all;
    for (const message& each : sent) all.push_back(each.topic + " " + each.payload);
    unacknowledged.insert(unacknowledged.end(), sent.begin(), sent.end());
    sent.clear();
    return all;
  }

  int room = 1'000'000;  // for what it still takes
  int connects = 0;
  int disconnects = 0;
  std::vector<std::string> filters;
  std::vector<std::uint32_t> asked;  // and not answered
  std::vector<message> sent;
  std::vector<message> unacknowledged;
};

using lines = std::vector<std::string>;

class a_session : public testing::Test {
 protected:
  a_session() { limits.in_flight = 4; }
  ~a_session() override { ends(); }

  void begin() {
    chosen.limits = limits;
    made.emplace(chosen, broker,
                 (memory = std::vector<std::max_align_t>(
                      session::bytes(limits) / sizeof(std::max_align_t) + 1),
                  reinterpret_cast<std::byte*>(memory.data())));
    made->report_to(this, [](void* self, note, std::string_view text) noexcept {
      static_cast<a_session*>(self)->reports.emplace_back(text);
    });
    const auto both = direction::both;
    EXPECT_EQ(
        made->add(detail::kind_of<watch<std::int32_t>>(), &target, "house/target", both, true), "");
    EXPECT_EQ(
        made->add(detail::kind_of<topic<reading>>(), &alarms, "house/{site}/alarm", both, false),
        "");
    EXPECT_EQ(
        made->add(detail::kind_of<topic<reading>>(), &readings, "house/{site}/reading", both, true),
        "");
    EXPECT_EQ(made->add(detail::kind_of<watch<bool>>(), &door, "house/door", direction::out, true),
              "");
    alarm_ear.unlink();
    reading_ear.unlink();
    alarms.local()->add(alarm_ear);
    readings.local()->add(reading_ear);
    made->start(host.loop());
    host.run();
  }
  void ends() {
    made.reset();
    host.run();
  }
  /// Connects, and lets the broker have time to send what it retained.
  void connect() {
    made->on_connected();
    grant();
    host.run();
    broker.taken();
    host.run_for(session::settling_time);
    broker.taken();
    acknowledge();
    host.run_for(session::echo_time);  // nothing is expected back any more
  }
  /// Answers all subscriptions.
  void grant() {
    for (const std::uint32_t each : std::exchange(broker.asked, {})) made->on_subscribed(each, 1);
  }
  void acknowledge() {
    broker.taken();
    while (!broker.unacknowledged.empty()) {
      const auto all = std::exchange(broker.unacknowledged, {});
      for (const auto& each : all) made->on_sent(each.id);
      broker.taken();
    }
  }
  /// Acknowledges what was sent, and sends it back, as a broker does.
  void echo() {
    broker.taken();
    const auto all = std::exchange(broker.unacknowledged, {});
    for (const auto& each : all) {
      made->on_sent(each.id);
      made->on_message(each.topic, each.payload);
    }
  }
  const link_counters& counted() { return made->counters(); }

  test::virtual_host host;
  played_broker broker;
  link_limits limits;
  options chosen{.will = {.topic = "house/online"}};
  std::vector<std::max_align_t> memory;
  watch<std::int32_t> target{20};
  watch<bool> door{false};
  topic<reading> alarms;
  topic<reading> readings;
  lines heard;
  lines reports;
  direct_subscription alarm_ear{&heard, [](void* to, const void* message) noexcept {
                                  const auto& now = *static_cast<const reading*>(message);
                                  static_cast<lines*>(to)->push_back(std::string(now.site.view()) +
                                                                     std::to_string(now.celsius));
                                }};
  direct_subscription reading_ear{
      &heard, [](void* to, const void* message) noexcept {
        const auto& now = *static_cast<const reading*>(message);
        static_cast<lines*>(to)->push_back(std::string(now.site.view()) + "=" +
                                           std::to_string(now.celsius));
      }};
  std::optional<session> made;
};

}  // namespace musubi::mqtt::test_session
