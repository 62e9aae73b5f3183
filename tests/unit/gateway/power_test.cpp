#include "sensors/power.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class power : public machine {
 protected:
  void supply(const std::string& name, const std::string& attribute,
              const std::string& value) const {
    write("/sys/class/power_supply/" + name + "/" + attribute, value + "\n");
  }
  power_sensor sensor_{files()};
};

TEST_F(power, reads_a_battery) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "status", "Discharging");
  supply("BAT0", "capacity", "87");
  supply("BAT0", "power_now", "7350000");
  supply("BAT0", "voltage_now", "12100000");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.batteries.size(), 1U);
  const battery& found = reading.batteries[0];
  EXPECT_EQ(found.name.view(), "BAT0");
  EXPECT_EQ(found.state, battery_state::discharging);
  EXPECT_FLOAT_EQ(found.percent.value(), 87.0F);
  EXPECT_FLOAT_EQ(found.watts.value(), 7.4F);
  EXPECT_FLOAT_EQ(found.volts.value(), 12.1F);
  EXPECT_FALSE(reading.mains);
}

TEST_F(power, works_out_charge_and_power_where_the_driver_does_not_tell) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "charge_now", "1500000");
  supply("BAT0", "charge_full", "3000000");
  supply("BAT0", "voltage_now", "10000000");
  supply("BAT0", "current_now", "-500000");
  const auto reading = sensor_.sample();
  EXPECT_FLOAT_EQ(reading.batteries[0].percent.value(), 50.0F);
  EXPECT_FLOAT_EQ(reading.batteries[0].watts.value(), 5.0F);
  EXPECT_EQ(reading.batteries[0].state, battery_state::unknown);
}

TEST_F(power, leaves_out_the_battery_of_a_mouse_and_an_empty_bay) {
  supply("hidpp_0", "type", "Battery");
  supply("hidpp_0", "scope", "Device");
  supply("BAT1", "type", "Battery");
  supply("BAT1", "present", "0");
  EXPECT_TRUE(sensor_.sample().batteries.empty());
}

TEST_F(power, knows_whether_it_is_plugged_in) {
  supply("AC", "type", "Mains");
  supply("AC", "online", "0");
  EXPECT_EQ(sensor_.sample().mains, false);
  supply("USB0", "type", "USB");
  supply("USB0", "online", "1");
  EXPECT_EQ(sensor_.sample().mains, true);
}

TEST_F(power, leaves_out_a_value_that_makes_no_sense) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "capacity", "300");
  const auto reading = sensor_.sample();
  EXPECT_FALSE(reading.batteries[0].percent);
  EXPECT_FALSE(reading.batteries[0].watts);
  EXPECT_FALSE(reading.batteries[0].volts);
}

TEST_F(power, shows_as_many_batteries_as_fit_and_counts_the_others) {
  for (int i = 0; i < 6; ++i) supply("BAT" + std::to_string(i), "type", "Battery");
  const auto reading = sensor_.sample();
  EXPECT_EQ(reading.batteries.size(), power_reading::most);
  EXPECT_EQ(reading.batteries_hidden, 6 - power_reading::most);
}

TEST_F(power, is_empty_on_a_machine_without_batteries) {
  const auto reading = sensor_.sample();
  EXPECT_TRUE(reading.batteries.empty());
  EXPECT_FALSE(reading.mains);
}

TEST_F(power, knows_every_kind_of_supply_that_feeds_a_machine) {
  for (const char* type : {"Mains", "USB", "USB_DCP", "USB_CDP", "USB_C", "USB_PD", "USB_PD_DRP",
                           "BrickID", "Wireless"}) {
    EXPECT_EQ(parse_supply(type), supply_kind::mains) << type;
  }
  EXPECT_EQ(parse_supply("Battery"), supply_kind::battery);
  EXPECT_EQ(parse_supply("UPS"), supply_kind::battery);
  EXPECT_EQ(parse_supply("Unknown"), supply_kind::other);
  supply("bq25890-charger", "type", "USB_PD");
  supply("bq25890-charger", "online", "1");
  supply("ups", "type", "UPS");
  supply("ups", "status", "Charging");
  supply("ups", "capacity", "87");
  const auto reading = sensor_.sample();
  EXPECT_EQ(reading.mains, true);
  ASSERT_EQ(reading.batteries.size(), 1U);
  EXPECT_EQ(reading.batteries[0].name.view(), "ups");
  EXPECT_FLOAT_EQ(reading.batteries[0].percent.value(), 87.0F);
}

TEST_F(power, does_not_call_it_plugged_in_when_it_feeds_another_device) {
  supply("ucsi-source-psy-1", "type", "USB");
  supply("ucsi-source-psy-1", "online", "1");
  supply("ucsi-source-psy-1", "scope", "Device");
  EXPECT_FALSE(sensor_.sample().mains);
}

TEST_F(power, takes_a_battery_that_outlives_its_estimate_for_full) {
  supply("BAT1", "type", "Battery");
  supply("BAT1", "capacity", "103");
  EXPECT_FLOAT_EQ(sensor_.sample().batteries[0].percent.value(), 100.0F);
  supply("BAT1", "charge_now", "5000000");
  supply("BAT1", "charge_full", "4800000");
  supply("BAT1", "capacity", "255");
  EXPECT_FLOAT_EQ(sensor_.sample().batteries[0].percent.value(), 100.0F);
}

TEST_F(power, leaves_out_what_the_firmware_does_not_know) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "capacity", "50");
  supply("BAT0", "voltage_now", "12000000");
  for (const char* unknown : {"65535000", "65535", "4294967295", "-2147483648", ""}) {
    supply("BAT0", "power_now", unknown);
    EXPECT_FALSE(sensor_.sample().batteries[0].watts) << unknown;
  }
  supply("BAT0", "power_now", "-9500000");
  EXPECT_FLOAT_EQ(sensor_.sample().batteries[0].watts.value(), 9.5F);
  supply("BAT0", "voltage_now", "65535000");
  EXPECT_FALSE(sensor_.sample().batteries[0].volts);
}

TEST_F(power, shows_what_a_battery_told_last_while_it_does_not_answer) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "status", "Charging");
  supply("BAT0", "capacity", "50");
  (void)sensor_.sample();
  fail("/sys/class/power_supply/BAT0/capacity");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.batteries.size(), 1U);
  EXPECT_TRUE(reading.batteries[0].stale);
  EXPECT_FLOAT_EQ(reading.batteries[0].percent.value(), 50.0F);
  {
    supply("BAT0", "capacity", "51");
    const no_descriptors at_all;
    EXPECT_TRUE(sensor_.sample().batteries[0].stale);
  }
  EXPECT_FALSE(sensor_.sample().batteries[0].stale);
}

}  // namespace gateway::test
