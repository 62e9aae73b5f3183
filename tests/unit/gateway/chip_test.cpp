#include "sensors/chip.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

TEST(chip_celsius_of, a_thermometer_is_absent_when_nothing_is_connected_to_it) {
  EXPECT_FLOAT_EQ(chip_celsius("it8728", 41'500).value(), 41.5F);
  EXPECT_FLOAT_EQ(chip_celsius("lm75", -40'000).value(), -40.0F);
  EXPECT_FLOAT_EQ(chip_celsius("coretemp", 85'000).value(), 85.0F);
  EXPECT_FLOAT_EQ(chip_celsius("w1_slave_temp", 84'937).value(), 84.9F);
  EXPECT_FLOAT_EQ(chip_celsius("nct6775", 125'000).value(), 125.0F);
  EXPECT_FALSE(chip_celsius("w1_slave_temp", 85'000));
  for (const std::int64_t none : {-273'150, -128'000, -127'000, -55'000, 127'000, 127'500, 127'937,
                                  255'000, 255'500, 511'000, 65'261'850}) {
    EXPECT_FALSE(chip_celsius("it8728", none)) << none;
  }
}

TEST(zone_celsius_of, a_zone_is_absent_when_its_unit_is_unknown) {
  EXPECT_FLOAT_EQ(zone_celsius(48'312).value(), 48.3F);
  EXPECT_FLOAT_EQ(zone_celsius(-5'000).value(), -5.0F);
  for (const std::int64_t none : {0, 47, 115, -3, -274'000, 2'147'483'647}) {
    EXPECT_FALSE(zone_celsius(none)) << none;
  }
}

TEST(celsius_limit_of, a_channel_is_absent_unless_somebody_set_it) {
  EXPECT_FLOAT_EQ(celsius_limit(84'850).value(), 84.9F);
  for (const std::int64_t none : {0, -91'000, -273'150, 65'261'850}) {
    EXPECT_FALSE(celsius_limit(none)) << none;
  }
}

TEST(fan_turns_of, a_fan_are_absent_when_none_is_connected) {
  EXPECT_EQ(fan_turns(0), 0U);
  EXPECT_EQ(fan_turns(28'000), 28'000U);
  for (const std::int64_t none : {-1LL, 65'535LL, 1'350'000LL, 4'294'967'295LL}) {
    EXPECT_FALSE(fan_turns(none)) << none;
  }
}

class chip_reading : public machine {
 protected:
  [[nodiscard]] chip_values read_here(const chip_place& place) const {
    return read([&](file_reader& reader) { return read_chip(reader, place); });
  }
  [[nodiscard]] static chip_place place(std::string_view folder) {
    return {.folder = musubi::text<64>::clipped(folder), .kind = "coretemp"};
  }
};

TEST_F(chip_reading, has_a_value_for_each_channel) {
  write("/sys/class/hwmon/hwmon0/temp1_input", "41500\n");
  write("/sys/class/hwmon/hwmon0/temp1_crit", "100000\n");
  write("/sys/class/hwmon/hwmon0/fan2_input", "900\n");
  const chip_values values = read_here(place("/sys/class/hwmon/hwmon0"));
  ASSERT_EQ(values.channels.size(), 2U);
  const channel_value warm = values.of({channel_kind::temperature, 1});
  EXPECT_EQ(warm.state, channel_value::shown);
  EXPECT_FLOAT_EQ(warm.value, 41.5F);
  EXPECT_FLOAT_EQ(warm.limit, 100.0F);
  EXPECT_FLOAT_EQ(values.of({channel_kind::fan, 2}).value, 900.0F);
}

TEST_F(chip_reading, tells_what_cannot_be_read_from_what_is_absent) {
  fail("/sys/class/hwmon/hwmon0/temp1_input");
  write("/sys/class/hwmon/hwmon0/temp2_input", "");
  const chip_values values = read_here(place("/sys/class/hwmon/hwmon0"));
  EXPECT_EQ(values.of({channel_kind::temperature, 1}).state, channel_value::unreadable);
  EXPECT_EQ(values.of({channel_kind::temperature, 2}).state, channel_value::absent);
  EXPECT_EQ(values.of({channel_kind::temperature, 3}).state, channel_value::unreadable);
}

TEST_F(chip_reading, leaves_out_the_channels_that_do_not_fit) {
  for (std::size_t i = 0; i < chip_values::most + 4; ++i) {
    write("/sys/class/hwmon/hwmon0/temp" + std::to_string(i) + "_input", "30000\n");
  }
  const chip_values values = read_here(place("/sys/class/hwmon/hwmon0"));
  EXPECT_TRUE(values.channels.full());
  EXPECT_EQ(values.of({channel_kind::temperature, 1000}).state, channel_value::absent);
}

TEST_F(chip_reading, of_a_zone_is_its_temperature) {
  write("/sys/class/thermal/thermal_zone3/temp", "48000\n");
  const chip_values values =
      read_here({.folder = "/sys/class/thermal/thermal_zone3", .kind = {}, .is_zone = true});
  EXPECT_FLOAT_EQ(values.of({}).value, 48.0F);
}

}  // namespace gateway::test
