#include "sensors/climate.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class climate : public machine {};

TEST_F(climate, reads_temperatures_with_their_names_and_limits) {
  write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "41500\n");
  write("/sys/class/hwmon/hwmon0/temp1_label", "Package\n");
  write("/sys/class/hwmon/hwmon0/temp1_max", "80000\n");
  write("/sys/class/hwmon/hwmon0/temp1_crit", "100000\n");
  write("/sys/class/hwmon/hwmon0/temp2_input", "-5000\n");
  write("/sys/class/hwmon/hwmon0/temp2_max", "85000\n");
  const auto reading = read_climate(files());
  ASSERT_EQ(reading.temperatures.size(), 2U);
  EXPECT_EQ(reading.temperatures[0].name.view(), "coretemp 2");
  EXPECT_FLOAT_EQ(reading.temperatures[0].celsius, -5.0F);
  EXPECT_FLOAT_EQ(reading.temperatures[0].limit.value(), 85.0F);
  EXPECT_EQ(reading.temperatures[1].name.view(), "coretemp Package");
  EXPECT_FLOAT_EQ(reading.temperatures[1].celsius, 41.5F);
  EXPECT_FLOAT_EQ(reading.temperatures[1].limit.value(), 100.0F);
}

TEST_F(climate, reads_fans) {
  write("/sys/class/hwmon/hwmon1/name", "nct6775\n");
  write("/sys/class/hwmon/hwmon1/fan1_input", "1200\n");
  write("/sys/class/hwmon/hwmon1/fan2_input", "0\n");
  write("/sys/class/hwmon/hwmon1/fan2_label", "case\n");
  const auto reading = read_climate(files());
  ASSERT_EQ(reading.fans.size(), 2U);
  EXPECT_EQ(reading.fans[0].name.view(), "nct6775 1");
  EXPECT_EQ(reading.fans[0].turns, 1200U);
  EXPECT_EQ(reading.fans[1].name.view(), "nct6775 case");
  EXPECT_EQ(reading.fans[1].turns, 0U);
}

TEST_F(climate, shows_a_sensor_once_that_is_in_both_folders) {
  write("/sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "50000\n");
  write("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
  write("/sys/class/thermal/thermal_zone0/temp", "50000\n");
  write("/sys/class/thermal/thermal_zone1/type", "gpu-thermal\n");
  write("/sys/class/thermal/thermal_zone1/temp", "48000\n");
  write("/sys/class/thermal/cooling_device0/type", "fan\n");
  const auto reading = read_climate(files());
  ASSERT_EQ(reading.temperatures.size(), 2U);
  EXPECT_EQ(reading.temperatures[0].name.view(), "cpu_thermal 1");
  EXPECT_EQ(reading.temperatures[1].name.view(), "gpu-thermal");
  EXPECT_FALSE(reading.temperatures[1].limit);
}

TEST_F(climate, leaves_out_a_sensor_that_is_broken_or_cannot_be_read) {
  write("/sys/class/hwmon/hwmon0/name", "nvme\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "");
  write("/sys/class/hwmon/hwmon0/temp2_input", "-273150\n");
  write("/sys/class/hwmon/hwmon0/temp3_input", "hot\n");
  write("/sys/class/hwmon/hwmon0/tempx_input", "1000\n");
  write("/sys/class/hwmon/hwmon0/fan1_input", "-1\n");
  const auto reading = read_climate(files());
  EXPECT_TRUE(reading.temperatures.empty());
  EXPECT_TRUE(reading.fans.empty());
}

TEST_F(climate, names_a_chip_after_its_folder_when_it_has_no_name) {
  write("/sys/class/hwmon/hwmon3/temp1_input", "20000\n");
  EXPECT_EQ(read_climate(files()).temperatures[0].name.view(), "hwmon3 1");
}

TEST_F(climate, shows_as_many_sensors_as_fit_and_counts_the_others) {
  write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
  for (int i = 1; i <= 20; ++i) {
    write("/sys/class/hwmon/hwmon0/temp" + std::to_string(i) + "_input", "30000\n");
  }
  const auto reading = read_climate(files());
  EXPECT_EQ(reading.temperatures.size(), climate_reading::most_temperatures);
  EXPECT_EQ(reading.temperatures_hidden, 20 - climate_reading::most_temperatures);
}

TEST_F(climate, is_empty_on_a_machine_without_sensors) {
  const auto reading = read_climate(files());
  EXPECT_TRUE(reading.temperatures.empty());
  EXPECT_TRUE(reading.fans.empty());
}

}  // namespace gateway::test
