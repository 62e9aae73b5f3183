#include "examples/thermostat/application/thermostat.hpp"
#include "unit/mqtt/device_schema.hpp"
#include "unit/mqtt/heater.hpp"
#include "unit/mqtt/home_assistant_facts.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/hosted/command_line.hpp>
#include <musubi/mqtt/internal/discovery.hpp>
#include <musubi/mqtt/internal/entities_of.hpp>

namespace musubi::mqtt {
namespace {

using test::fault_in_device;

template <class Store>
std::string payload_of(const home_assistant_options& device) {
  testkit::string_output into;
  json::writer out(into);
  const will availability{.topic = "musubi/cellar/online"};
  write_discovery({device, Store::module, detail::entities_of<Store>(), availability}, out);
  return into.take();
}

/// Shows all that it sets.
struct lamp {
  static constexpr std::string_view module = "Test.Lamp";
  struct State {
    bool on;
    float watts;
    static constexpr auto about =
        musubi::about(musubi::field(&State::watts).unit("W").device_class("power"));
  };
  struct Switch {
    bool on;
  };
  struct Dim {
    float watts;
    static constexpr auto about = musubi::about(musubi::field(&Dim::watts).range(0, 60).step(0.5));
  };
  using commands = musubi::commands<Switch, Dim>;
};

TEST(a_discovery_payload, has_each_field_and_command_as_an_entity) {
  const std::string payload = payload_of<test::heater>({.device = "cellar"});
  const std::string state = R"("stat_t":"musubi/cellar/state",)";
  EXPECT_EQ(
      payload,
      R"({"dev":{"ids":"cellar","name":"cellar","mdl":"Test.Heater"},)"
      R"("o":{"name":"musubi","sw":")" +
          std::string(program::version()) +
          R"("},"cmps":{)"
          R"("room":{"p":"sensor","uniq_id":"cellar_room","name":"Room",)" +
          state +
          R"("val_tpl":"{{ value_json['room'] }}"},)"
          R"("temperature":{"p":"sensor","uniq_id":"cellar_temperature","name":"Temperature",)"
          R"("dev_cla":"temperature","unit_of_meas":"°C","stat_cla":"measurement",)" +
          state +
          R"("val_tpl":"{{ value_json['temperature'] }}"},)"
          R"("season":{"p":"sensor","uniq_id":"cellar_season","name":"Season","dev_cla":"enum",)"
          R"("ops":["off","eco","comfort"],)" +
          state +
          R"("val_tpl":"{{ value_json['season'] }}"},)"
          R"("window":{"p":"binary_sensor","uniq_id":"cellar_window","name":"Window",)"
          R"("dev_cla":"window",)" +
          state +
          R"("val_tpl":"{{ value_json['window'] }}","pl_on":"True","pl_off":"False"},)"
          R"("set_target":{"p":"number","uniq_id":"cellar_set_target","name":"Target",)"
          R"("unit_of_meas":"°C",)" +
          state +
          R"("val_tpl":"{{ value_json['target'] }}","cmd_t":"musubi/cellar/set_target/set",)"
          R"("cmd_tpl":"{\"celsius\": {{ value }} }","min":5,"max":30,"step":1},)"
          R"("set_mode":{"p":"select","uniq_id":"cellar_set_mode","name":"Mode",)"
          R"("ops":["off","eco","comfort"],)" +
          state +
          R"("val_tpl":"{{ value_json['mode'] }}","cmd_t":"musubi/cellar/set_mode/set",)"
          R"("cmd_tpl":"{\"mode\": \"{{ value }}\" }"},)"
          R"("set_locked":{"p":"switch","uniq_id":"cellar_set_locked","name":"Locked",)" +
          state +
          R"("val_tpl":"{{ value_json['locked'] }}","cmd_t":"musubi/cellar/set_locked/set",)"
          R"("pl_on":"{\"on\": true }","pl_off":"{\"on\": false }",)"
          R"("stat_on":"True","stat_off":"False"},)"
          R"("boost":{"p":"number","uniq_id":"cellar_boost","name":"Boost","unit_of_meas":"h",)"
          R"("cmd_t":"musubi/cellar/boost/set","cmd_tpl":"{\"hours\": {{ value }} }",)"
          R"("min":0,"max":2.5,"step":0.1},)"
          R"("break":{"p":"button","uniq_id":"cellar_break","name":"Break",)"
          R"("cmd_t":"musubi/cellar/break/set","pl_prs":"{}"}},)"
          R"("availability":[{"topic":"musubi/cellar/online","payload_available":"online",)"
          R"("payload_not_available":"offline"}],"qos":1})");
  EXPECT_EQ(fault_in_device(payload), "");
}

TEST(a_discovery_payload, has_one_topic_for_all_where_the_state_shows_what_is_set) {
  const std::string payload = payload_of<lamp>({.device = "lamp"});
  EXPECT_EQ(fault_in_device(payload), "");
  EXPECT_NE(payload.find(R"(},"state_topic":"musubi/lamp/state","availability")"),
            std::string::npos)
      << payload;
  EXPECT_EQ(payload.find("stat_t"), std::string::npos) << payload;
  EXPECT_NE(payload.find(R"("dev_cla":"power","unit_of_meas":"W","val_tpl":)"
                         R"("{{ value_json['watts'] }}","cmd_t":"musubi/lamp/dim/set",)"
                         R"("cmd_tpl":"{\"watts\": {{ value }} }","min":0,"max":60,"step":0.5})"),
            std::string::npos)
      << payload;
}

TEST(a_discovery_payload, says_of_the_device_what_it_was_told) {
  const std::string payload = payload_of<lamp>({.device = "lamp",
                                                .name = "Lamp \"one\"",
                                                .area = "Cellar",
                                                .manufacturer = "Us",
                                                .version = "1.2",
                                                .configuration_url = "http://192.0.2.7:4000/",
                                                .base = "plant/hall"});
  EXPECT_EQ(fault_in_device(payload), "");
  EXPECT_TRUE(payload.starts_with(
      R"({"dev":{"ids":"lamp","name":"Lamp \"one\"","mf":"Us","mdl":"Test.Lamp","sw":"1.2",)"
      R"("sa":"Cellar","cu":"http://192.0.2.7:4000/"},)"))
      << payload;
  EXPECT_NE(payload.find(R"("cmd_t":"plant/hall/lamp/switch/set")"), std::string::npos) << payload;
}

/// A meter, with all that can be said of numbers.
struct meter {
  static constexpr std::string_view module = "Test.Meter";
  enum class phase : std::uint8_t { one, three };
  struct State {
    double energy;
    float power;
    std::uint32_t factor;
    std::optional<fixed<1>> outside;
    musubi::safe_integer uptime;
    std::int32_t wind;
    phase phases;
    bool plugged;
    musubi::text<32> serial;
    static constexpr auto about = musubi::about(
        musubi::field(&State::energy)
            .unit("kWh")
            .device_class("energy")
            .state_class("total_increasing"),
        musubi::field(&State::power).unit("W").device_class("power").state_class("measurement"),
        musubi::field(&State::factor).unit("%").device_class("power_factor"),
        musubi::field(&State::outside).unit("°C").device_class("temperature"),
        musubi::field(&State::uptime).unit("s").device_class("duration").state_class("total"),
        musubi::field(&State::wind)
            .unit("°")
            .device_class("wind_direction")
            .state_class("measurement_angle"),
        musubi::field(&State::plugged).device_class("plug"));
  };
  struct Limit {
    fixed<1> power;
    static constexpr auto about =
        musubi::about(musubi::field(&Limit::power).unit("kW").device_class("power").range(0, 11));
  };
  struct Connect {
    phase phases;
  };
  struct Restart {};
  using commands = musubi::commands<Limit, Connect, Restart>;
};

TEST(a_discovery_payload, says_which_statistics_to_keep_of_a_number) {
  const std::string payload = payload_of<meter>({.device = "meter"});
  EXPECT_NE(
      payload.find(R"("dev_cla":"energy","unit_of_meas":"kWh","stat_cla":"total_increasing",)"),
      std::string::npos)
      << payload;
}

TEST(home_assistant, takes_all_that_is_said_of_these_stores) {
  using test::home_assistant::fault_in;
  const home_assistant_options device{.device = "cellar",
                                      .name = "Cellar",
                                      .area = "Cellar",
                                      .manufacturer = "Us",
                                      .version = "1.2",
                                      .configuration_url = "http://192.0.2.7:4000/"};
  for (const std::string& payload :
       {payload_of<test::heater>(device), payload_of<lamp>(device), payload_of<meter>(device),
        payload_of<home::thermostat>(device)}) {
    EXPECT_EQ(fault_in(payload), "") << payload;
    EXPECT_EQ(fault_in_device(payload), "") << payload;
  }
}

TEST(home_assistant, does_not_take_everything) {
  const auto fault = [](const std::string& component) {
    return test::home_assistant::fault_in(R"({"dev":{"ids":"x"},"o":{"name":"x"},)"
                                          R"("state_topic":"s","cmps":{"a":)" +
                                          component + "}}");
  };
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"power","unit_of_meas":"W"})"), "");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"power","unit_of_meas":"kWh"})"),
            "a: power is not measured in kWh");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"power"})"), "a: power is not measured in -");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"window"})"), "a: no device class window");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"volume","unit_of_meas":"fl. oz."})"), "");
  EXPECT_EQ(
      fault(R"({"p":"sensor","dev_cla":"energy","unit_of_meas":"kWh","stat_cla":"measurement"})"),
      "a: energy has no statistics of measurement");
  EXPECT_EQ(fault(R"({"p":"sensor","stat_cla":"mean"})"), "a: no state class mean");
  EXPECT_EQ(fault(R"({"p":"sensor","ops":["a"]})"), "a: options need the class enum");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"enum"})"), "a: an enum without options");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"enum","ops":[]})"), "a: options are empty");
  EXPECT_EQ(fault(R"({"p":"sensor","dev_cla":"enum","ops":["a"],"unit_of_meas":"W"})"),
            "a: options with a unit or statistics");
  EXPECT_EQ(fault(R"({"p":"sensor","cmd_t":"x"})"), "a: a sensor has no command_topic");
  EXPECT_EQ(fault(R"({"p":"binary_sensor","stat_cla":"total"})"),
            "a: a binary_sensor has no state_class");
  EXPECT_EQ(fault(R"({"p":"binary_sensor","dev_cla":"energy"})"),
            "a: a binary_sensor has no class energy");
  EXPECT_EQ(fault(R"({"p":"number","min":1,"max":2})"), "a: a number needs command_topic");
  EXPECT_EQ(fault(R"({"p":"number","cmd_t":"x","min":2,"max":2})"), "a: max must be above min");
  EXPECT_EQ(fault(R"({"p":"select","cmd_t":"x"})"), "a: a select needs options");
  EXPECT_EQ(fault(R"({"p":"button","cmd_t":"x","dev_cla":"power"})"),
            "a: a button has no class power");
  EXPECT_EQ(fault(R"({"p":"lamp"})"), "a: no platform lamp");
  EXPECT_EQ(test::home_assistant::fault_in(R"({"dev":{"id":"x"}})"), "no device has id");
  EXPECT_EQ(test::home_assistant::fault_in(R"({"extra":1})"), "a device has no extra");
}

TEST(the_documented_form, is_not_that_of_anything) {
  EXPECT_EQ(fault_in_device("{"), "not JSON");
  EXPECT_EQ(fault_in_device("{}"), "without dev");
  EXPECT_EQ(fault_in_device(R"({"dev":{},"o":{"name":"x"},"cmps":{}})"), "dev: without ids");
  const std::string head = R"({"dev":{"ids":"x"},"o":{"name":"x"},"cmps":{"a":)";
  EXPECT_EQ(fault_in_device(head + R"({"p":"button","uniq_id":"a","cmd_t":"t"}}})"), "");
  EXPECT_NE(fault_in_device(head + R"({"p":"button","cmd_t":"t"}}})"), "");
  EXPECT_NE(fault_in_device(head + R"({"p":"lamp","uniq_id":"a","cmd_t":"t"}}})"), "");
  EXPECT_NE(fault_in_device(head + R"({"p":"button","uniq_id":"a","cmd_t":"t","min":1}}})"), "");
}

}  // namespace
}  // namespace musubi::mqtt
