/// A store as a device, over a real broker; the test is Home Assistant. The network takes its time,
/// so these tests wait for what they expect; pauses are on the clock of the host.

#include "support/counting_allocator.hpp"
#include "support/mosquitto.hpp"
#include "support/patience.hpp"
#include "unit/hosted/kept_lines.hpp"
#include "unit/mqtt/device_schema.hpp"
#include "unit/mqtt/heater.hpp"

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <musubi/memory/fnv1a.hpp>
#include <musubi/memory_port/host.hpp>
#include <musubi/mqtt/home_assistant.hpp>

namespace musubi::mqtt {
namespace {

using namespace std::chrono_literals;
using test::heater;
using test::mosquitto_broker;
using test::the_heater;

/// A topic that Home Assistant listens to, and all that came.
struct heard_topic {
  using message_type = json_payload;
  subscriber_list* local() noexcept { return &nobody; }
  bool publish(const json_payload& now) {
    all.emplace_back(now.text());
    return true;
  }
  [[nodiscard]] std::string last() const { return all.empty() ? "" : all.back(); }
  std::vector<std::string> all;
  subscriber_list nobody;
};
/// One that it publishes on.
template <class Message>
struct spoken_topic {
  using message_type = Message;
  subscriber_list* local() noexcept { return &all; }
  bool publish(const Message& now) noexcept {
    all.deliver(&now);
    return true;
  }
  subscriber_list all;
};

options at(const mosquitto_broker& broker, std::string_view client) {
  options chosen;
  chosen.host = "127.0.0.1";
  chosen.port = broker.port();
  chosen.client = client;
  return chosen;
}

/// What Home Assistant does on its side.
struct home {
  home(const mosquitto_broker& broker, std::string_view name) : hub(at(broker, name)) {
    hub.receive(config, "homeassistant/device/cellar/config");
    hub.receive(state, "musubi/cellar/state");
    hub.receive(marker, "test/marker");  // what is retained comes in this order
    hub.send(status, "homeassistant/status", keeping::nothing);
    hub.send(target, "musubi/cellar/set_target/set", keeping::nothing);
    hub.send(breaking, "musubi/cellar/break/set", keeping::nothing);
  }
  void say_online() {
    birth now;
    now.online = true;
    status.publish(now);
  }
  heard_topic config, state, marker;
  spoken_topic<birth> status;
  spoken_topic<json_payload> target, breaking;
  link hub;
};

class a_device : public testing::Test {
 protected:
  a_device() {
    the_heater.set({});
    broker.start();
    options chosen = at(broker, "cellar");
    chosen.will = {.topic = "musubi/cellar/online"};
    hub.emplace(chosen);
    house.emplace(*hub, home_assistant_options{.device = "cellar"}, heater::Params{"attic"});
    house->log_to(log);
    host.emplace(memory_port::options{.limits = limits});
    at_home.emplace(broker, "home");
  }
  ~a_device() override { host.reset(); }  // before what was shared

  void start() {
    ASSERT_EQ(house->problem(), "");
    ASSERT_TRUE(host->spawn(house->run(*host)).ok());
    ASSERT_TRUE(host->spawn(hub->run()).ok());
  }
  void start_home() {
    ASSERT_TRUE(host->spawn(at_home->hub.run()).ok());
    ASSERT_TRUE(until([&] { return !at_home->state.all.empty() && !at_home->config.all.empty(); }))
        << at_home->hub.state().get().error.view();
  }
  bool until(const std::function<bool()>& expected,
             std::chrono::milliseconds most = test::patience) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!expected()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(200us);
      (void)host->run_for(200us * pace);
    }
    return true;
  }
  [[nodiscard]] std::uint32_t pages_used() {
    std::uint32_t used = 0;
    host->core().each_pool([&](const pool_metrics& pool) {
      if (std::string_view(pool.name) == "pages") used = pool.used;
    });
    return used;
  }
  [[nodiscard]] static std::string state_with(int target, std::string_view temperature = "19.5") {
    return R"({"room":"attic","temperature":)" + std::string(temperature) + R"(,"target":)" +
           std::to_string(target) +
           R"(,"mode":"off","season":"off","window":null,"locked":false,)"
           R"("inlet":{"open":false},"history":[],"essay":""})";
  }

  int pace = 1;
  musubi::limits limits = [] {
    musubi::limits small;
    small.connections = 2;
    small.requests = 2;
    small.pages = 2;
    return small;
  }();
  mosquitto_broker broker;
  test::kept_lines lines;
  musubi::log log{log_level::warning, lines};
  std::optional<link> hub;
  std::optional<home_assistant<heater>> house;
  std::optional<home> at_home;
  std::optional<memory_port::host<test::heater_socket>> host;
};

TEST_F(a_device, is_found_with_its_state_by_a_home_that_comes_later) {
  start();
  ASSERT_TRUE(until([&] { return hub->counters().sent >= 3; }));  // with that of the will
  start_home();
  EXPECT_EQ(test::fault_in_device(at_home->config.last()), "");
  EXPECT_NE(at_home->config.last().find(R"("dev":{"ids":"cellar")"), std::string::npos);
  EXPECT_EQ(at_home->state.last(), state_with(21));
}

TEST_F(a_device, publishes_its_state_when_it_has_changed) {
  start();
  start_home();
  at_home->state.all.clear();
  the_heater.update([](auto& now) { now.temperature = fixed<1>::from_scaled(200); });
  the_heater.update([](auto& now) { now.temperature = fixed<1>::from_scaled(205); });
  the_heater.update([](auto& now) { now.breaks = true; });  // which is not shown
  ASSERT_TRUE(until([&] { return at_home->state.last() == state_with(21, "20.5"); }));
  EXPECT_EQ(at_home->state.all.size(), 1U);
  EXPECT_EQ(at_home->config.all.size(), 1U);
}

TEST_F(a_device, takes_a_command_and_shows_what_it_did) {
  start();
  start_home();
  at_home->target.publish(json_payload(R"({"celsius": 24 })"));
  EXPECT_TRUE(until([&] { return at_home->state.last() == state_with(24); }));
  EXPECT_EQ(the_heater.get().target, 24);
  EXPECT_EQ(house->counters().commands, 1U);
  EXPECT_EQ(house->counters().refused, 0U);
}

TEST_F(a_device, counts_and_logs_commands_that_are_refused) {
  start();
  start_home();
  at_home->target.publish(json_payload(R"({"celsius": 99 })"));
  ASSERT_TRUE(until([&] { return house->counters().refused == 1; }));
  EXPECT_EQ(lines.take(), std::vector<std::string>{
                              R"(warning: home assistant: the command set_target is refused: )"
                              R"({"reason":"invalid payload","field":"celsius",)"
                              R"("expected":"integer from 5 to 30"})"});
  at_home->target.publish(json_payload(R"({"celsius": 13 })"));
  ASSERT_TRUE(until([&] { return house->counters().refused == 2; }));
  EXPECT_TRUE(lines.take().empty());  // one a minute
  (void)host->run_for(home_assistant_bridge::between_reports);
  at_home->target.publish(json_payload(R"({"celsius": 13 })"));
  ASSERT_TRUE(until([&] { return house->counters().refused == 3; }));
  EXPECT_EQ(lines.take(), std::vector<std::string>{
                              R"(warning: home assistant: the command set_target is refused: )"
                              R"({"reason":"not on a Friday","field":"celsius"} (1 more before))"});
  EXPECT_EQ(house->counters().commands, 3U);
  EXPECT_EQ(the_heater.get().target, 21);
}

TEST_F(a_device, leaves_what_is_not_json_to_the_link_which_counts_it) {
  start();
  start_home();
  at_home->target.publish(json_payload("ON"));
  EXPECT_TRUE(until([&] { return hub->counters().misfits == 1; }));
  EXPECT_EQ(house->counters().commands, 0U);
}

TEST_F(a_device, is_sent_again_when_home_assistant_has_started) {
  start();
  start_home();
  at_home->config.all.clear();
  at_home->state.all.clear();
  at_home->say_online();
  EXPECT_TRUE(until([&] { return house->counters().births == 1; }));
  EXPECT_TRUE(until([&] { return !at_home->config.all.empty() && !at_home->state.all.empty(); }));
  EXPECT_EQ(test::fault_in_device(at_home->config.last()), "");
  EXPECT_EQ(at_home->state.last(), state_with(21));
}

TEST_F(a_device, is_forgotten_by_the_broker_when_it_is_removed) {
  start();
  start_home();
  const std::uint32_t sent = hub->counters().sent;
  house->remove();
  ASSERT_TRUE(until([&] { return hub->counters().sent >= sent + 2; }));
  // whoever comes now is told of it no more
  spoken_topic<json_payload> marking;
  link marks(at(broker, "marks"));
  marks.send(marking, "test/marker", keeping::latest);
  ASSERT_TRUE(host->spawn(marks.run()).ok());
  ASSERT_TRUE(until([&] { return marks.state().get().connected; }));
  marking.publish(json_payload("1"));
  ASSERT_TRUE(until([&] { return marks.counters().sent == 1; }));
  home later(broker, "later");
  ASSERT_TRUE(host->spawn(later.hub.run()).ok());
  ASSERT_TRUE(until([&] { return !later.marker.all.empty(); }));
  EXPECT_TRUE(later.config.all.empty());
  EXPECT_TRUE(later.state.all.empty());
  // and it does nothing any more
  at_home->target.publish(json_payload(R"({"celsius": 24 })"));
  EXPECT_TRUE(until([&] { return house->counters().refused == 1; }));
  EXPECT_EQ(the_heater.get().target, 21);
  host.reset();
}

TEST_F(a_device, is_there_again_after_the_broker_lost_its_memory) {
  start();
  start_home();
  broker.kill();
  ASSERT_TRUE(until([&] { return !hub->state().get().connected; }));
  the_heater.update([](auto& now) { now.target = 7; });
  at_home->config.all.clear();
  broker.start();
  pace = 100;
  ASSERT_TRUE(until([&] { return hub->state().get().connected; }));
  pace = 5;
  EXPECT_TRUE(until([&] { return at_home->state.last() == state_with(7); }));
  EXPECT_TRUE(until([&] { return !at_home->config.all.empty(); }));
  EXPECT_EQ(test::fault_in_device(at_home->config.last()), "");
}

/// What Home Assistant hears, without memory of its own.
struct quiet_home {
  struct counting_topic {
    using message_type = json_payload;
    subscriber_list* local() noexcept { return &nobody; }
    bool publish(const json_payload& now) noexcept {
      ++count;
      last = fnv1a(now.text()).hash();
      return true;
    }
    std::uint32_t count = 0;
    std::uint64_t last = 0;
    subscriber_list nobody;
  };
  explicit quiet_home(const mosquitto_broker& broker) : hub(at(broker, "quiet")) {
    hub.receive(config, "homeassistant/device/cellar/config");
    hub.receive(state, "musubi/cellar/state");
    hub.send(target, "musubi/cellar/set_target/set", keeping::nothing);
    hub.send(status, "homeassistant/status", keeping::nothing);
  }
  counting_topic config, state;
  spoken_topic<json_payload> target;
  spoken_topic<birth> status;
  link hub;
};

/// On the host's thread: what libmosquitto takes on its own for each message is its own.
TEST_F(a_device, takes_nothing_from_the_heap_once_it_runs) {
  musubi::log quiet{log_level::error, lines};
  house->log_to(quiet);
  quiet_home other(broker);
  start();
  ASSERT_TRUE(host->spawn(other.hub.run()).ok());
  const auto wait_for = [&](auto&& expected) {
    const auto end = std::chrono::steady_clock::now() + test::patience;
    while (!expected() && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(200us);
      (void)host->run_for(200us * pace);
    }
    return expected();
  };
  const auto change = [&](int tenths) {
    const std::uint32_t before = other.state.count;
    the_heater.update([&](auto& now) { now.temperature = fixed<1>::from_scaled(tenths); });
    return wait_for([&] { return other.state.count > before; });
  };
  const auto command = [&](std::string_view payload) {
    const std::uint32_t before = house->counters().commands;
    other.target.publish(json_payload(payload));
    return wait_for([&] { return house->counters().commands > before; });
  };
  ASSERT_TRUE(wait_for([&] { return other.config.count != 0 && other.state.count != 0; }));
  ASSERT_TRUE(change(1));
  ASSERT_TRUE(command(R"({"celsius": 24 })"));

  test::heap_watch watch(test::heap_scope::this_thread);
  for (int i = 2; i <= 300; ++i) ASSERT_TRUE(change(i));
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(command(i % 2 == 0 ? R"({"celsius": 20 })" : R"({"celsius": 99 })"));
  }
  birth online;
  online.online = true;
  other.status.publish(online);
  const std::uint32_t configs = other.config.count;
  ASSERT_TRUE(wait_for([&] { return other.config.count > configs; }));
  EXPECT_EQ(watch.allocations(), 0U);
  EXPECT_EQ(house->counters().refused, 15U);

  broker.kill();
  watch.reset();
  ASSERT_TRUE(wait_for([&] { return !hub->state().get().connected; }));
  for (int i = 0; i < 1000; ++i) {
    the_heater.update([&](auto& now) { now.temperature = fixed<1>::from_scaled(1000 + i); });
    (void)host->run_for(10ms);
  }
  EXPECT_EQ(watch.allocations(), 0U);
  broker.start();
  watch.reset();
  const std::uint32_t states = other.state.count;
  pace = 100;
  ASSERT_TRUE(
      wait_for([&] { return hub->state().get().connected && other.hub.state().get().connected; }));
  pace = 5;
  ASSERT_TRUE(wait_for([&] { return other.state.count > states; }));
  ASSERT_TRUE(change(5));
  EXPECT_EQ(watch.allocations(), 0U);
  host.reset();
}

TEST_F(a_device, is_mounted_again_when_its_store_failed) {
  start();
  start_home();
  at_home->breaking.publish(json_payload("{}"));
  ASSERT_TRUE(until([&] { return house->counters().failures == 1; }));
  EXPECT_EQ(pages_used(), 0U);
  at_home->target.publish(json_payload(R"({"celsius": 24 })"));
  ASSERT_TRUE(until([&] { return house->counters().refused == 1; }));
  (void)host->run_for(home_assistant_bridge::remount_pause);
  EXPECT_EQ(pages_used(), 1U);
  at_home->target.publish(json_payload(R"({"celsius": 24 })"));
  EXPECT_TRUE(until([&] { return at_home->state.last() == state_with(24); }));
  EXPECT_EQ(lines.take().front(),
            "warning: home assistant: Test.Heater is not mounted, for 5 seconds: it failed");
}

TEST_F(a_device, waits_for_a_page_of_the_host) {
  void* const first = host->core().pages().allocate();
  void* const second = host->core().pages().allocate();
  start();
  ASSERT_TRUE(until([&] { return house->counters().failures == 1; }));
  EXPECT_EQ(lines.take().front(),
            "warning: home assistant: Test.Heater is not mounted, for 5 seconds: the host's pool "
            "of pages is used up: raise limits::pages");
  host->core().pages().deallocate(first);
  (void)host->run_for(home_assistant_bridge::remount_pause);
  EXPECT_EQ(pages_used(), 2U);
  host->core().pages().deallocate(second);
  start_home();
}

std::string problem_of(const options& chosen, const home_assistant_options& device) {
  link hub(chosen);
  const home_assistant<heater> house(hub, device);
  return std::string(house.problem());
}

TEST(a_wrong_device, says_why_it_does_not_run) {
  options chosen;
  chosen.will = {.topic = "musubi/cellar/online"};
  EXPECT_EQ(problem_of(chosen, {.device = "cellar"}), "");
  EXPECT_EQ(problem_of(chosen, {.device = "the cellar"}),
            "the name of the device is not 1 to 32 letters, digits, '_' and '-'");
  EXPECT_EQ(problem_of(chosen, {.device = ""}),
            "the name of the device is not 1 to 32 letters, digits, '_' and '-'");
  EXPECT_EQ(problem_of(chosen, {.device = "cellar", .base = "a//b"}),
            "the topic 'a//b/cellar/state' has an empty level, a wildcard or a stray brace");
  const std::string longest(150, 'x');
  EXPECT_EQ(problem_of(chosen, {.device = "cellar", .base = longest}),
            "the topics are too long: choose a shorter base, prefix or command");
  EXPECT_EQ(problem_of({}, {.device = "cellar"}),
            "the link has no will, by which Home Assistant knows that this program is gone: set "
            "mqtt::options::will");
  options small = chosen;
  small.limits.payload_bytes = 512;
  EXPECT_TRUE(std::string(problem_of(small, {.device = "cellar"}))
                  .ends_with(" bytes; raise link_limits::payload_bytes"));
  options few = chosen;
  few.limits.shares = 6;
  EXPECT_EQ(problem_of(few, {.device = "cellar"}),
            "musubi/cellar/set_mode/set: more than 6 are shared; raise link_limits::shares");
}

}  // namespace
}  // namespace musubi::mqtt
