#include "sensors/power.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class power : public machine {
 protected:
  void supply(const std::string& name, const std::string& attribute,
              const std::string& value) const {
    write("/sys/class/power_supply/" + name + "/" + attribute, value + "\n");
  }
};

TEST_F(power, reads_a_battery) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "status", "Discharging");
  supply("BAT0", "capacity", "87");
  supply("BAT0", "power_now", "7350000");
  supply("BAT0", "voltage_now", "12100000");
  const auto reading = read_power(files());
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
  const auto reading = read_power(files());
  EXPECT_FLOAT_EQ(reading.batteries[0].percent.value(), 50.0F);
  EXPECT_FLOAT_EQ(reading.batteries[0].watts.value(), 5.0F);
  EXPECT_EQ(reading.batteries[0].state, battery_state::unknown);
}

TEST_F(power, leaves_out_the_battery_of_a_mouse_and_an_empty_bay) {
  supply("hidpp_0", "type", "Battery");
  supply("hidpp_0", "scope", "Device");
  supply("BAT1", "type", "Battery");
  supply("BAT1", "present", "0");
  EXPECT_TRUE(read_power(files()).batteries.empty());
}

TEST_F(power, knows_whether_it_is_plugged_in) {
  supply("AC", "type", "Mains");
  supply("AC", "online", "0");
  EXPECT_EQ(read_power(files()).mains, false);
  supply("USB0", "type", "USB");
  supply("USB0", "online", "1");
  EXPECT_EQ(read_power(files()).mains, true);
}

TEST_F(power, leaves_out_a_value_that_makes_no_sense) {
  supply("BAT0", "type", "Battery");
  supply("BAT0", "capacity", "300");
  const auto reading = read_power(files());
  EXPECT_FALSE(reading.batteries[0].percent);
  EXPECT_FALSE(reading.batteries[0].watts);
  EXPECT_FALSE(reading.batteries[0].volts);
}

TEST_F(power, shows_as_many_batteries_as_fit_and_counts_the_others) {
  for (int i = 0; i < 6; ++i) supply("BAT" + std::to_string(i), "type", "Battery");
  const auto reading = read_power(files());
  EXPECT_EQ(reading.batteries.size(), power_reading::most);
  EXPECT_EQ(reading.batteries_hidden, 6 - power_reading::most);
}

TEST_F(power, is_empty_on_a_machine_without_batteries) {
  const auto reading = read_power(files());
  EXPECT_TRUE(reading.batteries.empty());
  EXPECT_FALSE(reading.mains);
}

}  // namespace gateway::test
