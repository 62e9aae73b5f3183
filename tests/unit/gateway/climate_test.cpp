#include "sensors/climate.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class climate : public machine {
 protected:
  chips_at_once chips_{files()};
  climate_sensor sensor_{files(), chips_};
};

TEST_F(climate, reads_temperatures_with_their_names_and_limits) {
  write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "41500\n");
  write("/sys/class/hwmon/hwmon0/temp1_label", "Package\n");
  write("/sys/class/hwmon/hwmon0/temp1_max", "80000\n");
  write("/sys/class/hwmon/hwmon0/temp1_crit", "100000\n");
  write("/sys/class/hwmon/hwmon0/temp2_input", "-5000\n");
  write("/sys/class/hwmon/hwmon0/temp2_max", "85000\n");
  const auto reading = sensor_.sample();
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
  const auto reading = sensor_.sample();
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
  const auto reading = sensor_.sample();
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
  const auto reading = sensor_.sample();
  EXPECT_TRUE(reading.temperatures.empty());
  EXPECT_TRUE(reading.fans.empty());
}

TEST_F(climate, names_a_chip_after_its_folder_when_it_has_no_name) {
  write("/sys/class/hwmon/hwmon3/temp1_input", "20000\n");
  EXPECT_EQ(sensor_.sample().temperatures[0].name.view(), "hwmon3 1");
}

TEST_F(climate, shows_as_many_sensors_as_fit_and_counts_the_others) {
  write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
  for (int i = 1; i <= 20; ++i) {
    write("/sys/class/hwmon/hwmon0/temp" + std::to_string(i) + "_input", "30000\n");
  }
  const auto reading = sensor_.sample();
  EXPECT_EQ(reading.temperatures.size(), climate_reading::most_temperatures);
  EXPECT_EQ(reading.temperatures_hidden, 20 - climate_reading::most_temperatures);
}

TEST_F(climate, is_empty_on_a_machine_without_sensors) {
  const auto reading = sensor_.sample();
  EXPECT_TRUE(reading.temperatures.empty());
  EXPECT_TRUE(reading.fans.empty());
}

TEST_F(climate, tells_equal_chips_apart_by_their_devices) {
  for (const std::string number : {"0", "1"}) {
    write("/sys/class/hwmon/hwmon" + number + "/name", "nvme\n");
    write("/sys/class/hwmon/hwmon" + number + "/temp1_label", "Composite\n");
    write("/sys/class/hwmon/hwmon" + number + "/temp1_input", number + "9850\n");
  }
  const auto without = sensor_.sample();
  ASSERT_EQ(without.temperatures.size(), 2U);
  EXPECT_EQ(without.temperatures[0].name.view(), "nvme hwmon0 Composite");
  EXPECT_EQ(without.temperatures[1].name.view(), "nvme hwmon1 Composite");
  EXPECT_FLOAT_EQ(without.temperatures[1].celsius, 19.9F);

  link("/sys/class/hwmon/hwmon0/device", "../../../devices/pci0000:00/nvme/nvme1");
  link("/sys/class/hwmon/hwmon1/device", "../../../devices/pci0000:00/nvme/nvme0");
  const auto with = sensor_.sample();
  EXPECT_EQ(with.temperatures[0].name.view(), "nvme0 Composite");
  EXPECT_EQ(with.temperatures[1].name.view(), "nvme1 Composite");
  EXPECT_FLOAT_EQ(with.temperatures[0].celsius, 19.9F);
}

TEST_F(climate, tells_equal_chips_of_one_device_apart_too) {
  for (const std::string number : {"4", "5"}) {
    write("/sys/class/hwmon/hwmon" + number + "/name", "mt7996\n");
    write("/sys/class/hwmon/hwmon" + number + "/temp1_input", "40000\n");
    link("/sys/class/hwmon/hwmon" + number + "/device", "../../../devices/phy0");
  }
  const auto reading = sensor_.sample();
  EXPECT_EQ(reading.temperatures[0].name.view(), "mt7996 hwmon4 1");
  EXPECT_EQ(reading.temperatures[1].name.view(), "mt7996 hwmon5 1");
}

TEST_F(climate, tells_equal_labels_and_equal_zones_apart_by_their_numbers) {
  write("/sys/class/hwmon/hwmon0/name", "dell_smm\n");
  for (const std::string number : {"1", "2", "3"}) {
    write("/sys/class/hwmon/hwmon0/temp" + number + "_label", number == "2" ? "CPU\n" : "Other\n");
    write("/sys/class/hwmon/hwmon0/temp" + number + "_input", "40000\n");
    write("/sys/class/thermal/thermal_zone" + number + "/type", "acpitz\n");
    write("/sys/class/thermal/thermal_zone" + number + "/temp", "30000\n");
  }
  const auto names = [&] {
    std::vector<std::string> found;
    for (const auto& each : sensor_.sample().temperatures) found.emplace_back(each.name.view());
    return found;
  };
  const std::vector<std::string> all{"acpitz 1",     "acpitz 2",         "acpitz 3",
                                     "dell_smm CPU", "dell_smm Other 1", "dell_smm Other 3"};
  EXPECT_EQ(names(), all);
  // A name does not change because another sensor has nothing to tell.
  write("/sys/class/hwmon/hwmon0/temp1_input", "");
  EXPECT_EQ(names().back(), "dell_smm Other 3");
}

TEST_F(climate, cuts_long_names_where_they_are_still_told_apart) {
  write("/sys/class/hwmon/hwmon0/name", "chip\n");
  const std::string label(60, 'x');
  for (const std::string number : {"1", "2"}) {
    write("/sys/class/hwmon/hwmon0/temp" + number + "_label", label + number + "\n");
    write("/sys/class/hwmon/hwmon0/temp" + number + "_input", "40000\n");
  }
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.temperatures.size(), 2U);
  EXPECT_TRUE(reading.temperatures[0].name.view().ends_with("xxx 1"));
  EXPECT_TRUE(reading.temperatures[1].name.view().ends_with("xxx 2"));
}

TEST_F(climate, reads_what_drivers_of_long_ago_have_in_the_folder_of_the_device) {
  write("/sys/class/hwmon/hwmon2/device/name", "coretemp\n");
  write("/sys/class/hwmon/hwmon2/device/temp1_label", "Package id 0\n");
  write("/sys/class/hwmon/hwmon2/device/temp1_input", "50000\n");
  write("/sys/class/hwmon/hwmon2/device/temp1_crit", "100000\n");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.temperatures.size(), 1U);
  EXPECT_EQ(reading.temperatures[0].name.view(), "coretemp Package id 0");
  EXPECT_FLOAT_EQ(reading.temperatures[0].limit.value(), 100.0F);
}

TEST_F(climate, leaves_out_what_its_driver_calls_faulty_or_switched_off) {
  write("/sys/class/hwmon/hwmon0/name", "it8728\n");
  const auto channel = [&](const std::string& number, const std::string& attribute,
                           const char* value) {
    write("/sys/class/hwmon/hwmon0/temp" + number + "_input", "40000\n");
    write("/sys/class/hwmon/hwmon0/temp" + number + attribute, value);
  };
  channel("1", "_fault", "1\n");
  channel("2", "_type", "0\n");
  channel("3", "_enable", "0\n");
  channel("4", "_fault", "0\n");
  write("/sys/class/hwmon/hwmon0/fan1_input", "1200\n");
  write("/sys/class/hwmon/hwmon0/fan1_fault", "1\n");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.temperatures.size(), 1U);
  EXPECT_EQ(reading.temperatures[0].name.view(), "it8728 4");
  EXPECT_TRUE(reading.fans.empty());
}

TEST_F(climate, shows_what_a_sensor_told_last_while_it_does_not_answer) {
  write("/sys/class/hwmon/hwmon0/name", "sht15\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "20000\n");
  write("/sys/class/hwmon/hwmon0/fan1_input", "900\n");
  fail("/sys/class/hwmon/hwmon0/temp2_input");  // and it never did
  (void)sensor_.sample();
  fail("/sys/class/hwmon/hwmon0/temp1_input");
  fail("/sys/class/hwmon/hwmon0/fan1_input");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.temperatures.size(), 1U);
  EXPECT_FLOAT_EQ(reading.temperatures[0].celsius, 20.0F);
  EXPECT_TRUE(reading.temperatures[0].stale);
  EXPECT_EQ(reading.fans[0].turns, 900U);
  EXPECT_TRUE(reading.fans[0].stale);

  write("/sys/class/hwmon/hwmon0/temp1_input", "21000\n");
  EXPECT_FALSE(sensor_.sample().temperatures[0].stale);
  remove("/sys/class/hwmon/hwmon0");
  EXPECT_TRUE(sensor_.sample().temperatures.empty());
}

TEST_F(climate, shows_the_last_look_and_says_so_when_it_cannot_look) {
  write("/sys/class/hwmon/hwmon0/name", "nvme\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "20000\n");
  (void)sensor_.sample();
  {
    const no_descriptors at_all;
    const auto reading = sensor_.sample();
    ASSERT_EQ(reading.temperatures.size(), 1U);
    EXPECT_TRUE(reading.temperatures[0].stale);
  }
  EXPECT_FALSE(sensor_.sample().temperatures[0].stale);
}

}  // namespace gateway::test
