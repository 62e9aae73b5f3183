#include "sensors/cpu.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class cpu : public machine {
 protected:
  cpu_sensor sensor_{files()};
};

TEST_F(cpu, compares_two_looks) {
  write("/proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\nintr 1 2\n");
  const auto first = sensor_.sample();
  EXPECT_FALSE(first.busy);
  ASSERT_EQ(first.cores.size(), 1U);
  EXPECT_FALSE(first.cores[0].busy);

  write("/proc/stat", "cpu  125 0 100 875 0 0 0 0 0 0\ncpu0 125 0 100 875 0 0 0 0 0 0\nintr 1 2\n");
  const auto second = sensor_.sample();
  EXPECT_FLOAT_EQ(second.busy.value(), 25.0F);
  EXPECT_FLOAT_EQ(second.cores[0].busy.value(), 25.0F);
}

TEST_F(cpu, counts_waiting_for_a_disk_as_idle_and_guests_once) {
  write("/proc/stat", "cpu 0 0 0 0 0 0 0 0 0 0\n");
  (void)sensor_.sample();
  write("/proc/stat", "cpu 50 0 0 25 25 0 0 0 50 0\n");
  EXPECT_FLOAT_EQ(sensor_.sample().busy.value(), 50.0F);
}

TEST_F(cpu, survives_an_idle_count_that_goes_back) {
  write("/proc/stat", "cpu 100 0 0 500 90 0 0 0 0 0\n");
  (void)sensor_.sample();
  write("/proc/stat", "cpu 110 0 0 510 70 0 0 0 0 0\n");
  EXPECT_FLOAT_EQ(sensor_.sample().busy.value(), 100.0F);
}

TEST_F(cpu, says_nothing_when_no_time_has_passed) {
  write("/proc/stat", "cpu 100 0 0 500 0 0 0 0 0 0\n");
  (void)sensor_.sample();
  EXPECT_FALSE(sensor_.sample().busy);
}

TEST_F(cpu, follows_cores_by_their_number_when_one_is_switched_off_and_on) {
  write("/proc/stat", "cpu 3 0 0 3\ncpu0 1 0 0 1\ncpu1 1 0 0 1\ncpu2 1 0 0 1\n");
  (void)sensor_.sample();
  write("/proc/stat", "cpu 4 0 0 6\ncpu0 1 0 0 2\ncpu2 2 0 0 1\n");
  const auto without = sensor_.sample();
  ASSERT_EQ(without.cores.size(), 2U);
  EXPECT_EQ(without.cores[1].number, 2);
  EXPECT_FLOAT_EQ(without.cores[1].busy.value(), 100.0F);

  write("/proc/stat", "cpu 5 0 0 7\ncpu0 1 0 0 3\ncpu1 0 0 0 5\ncpu2 3 0 0 1\n");
  const auto again = sensor_.sample();
  ASSERT_EQ(again.cores.size(), 3U);
  EXPECT_FALSE(again.cores[1].busy);
}

TEST_F(cpu, shows_64_cores_and_counts_the_others) {
  std::string content = "cpu 1 0 0 1\n";
  for (int i = 0; i < 200; ++i) content += "cpu" + std::to_string(i) + " 1 0 0 1 0 0 0 0 0 0\n";
  write("/proc/stat", content + "intr 0\n");
  const auto reading = sensor_.sample();
  EXPECT_EQ(reading.cores.size(), 64U);
  EXPECT_EQ(reading.cores_hidden, 136);
}

TEST_F(cpu, skips_lines_that_it_does_not_understand) {
  write("/proc/stat", "cpu one two\ncpuX 1 0 0 1\ncpu0 1\ncpu1 1 0 0 1\n");
  const auto reading = sensor_.sample();
  ASSERT_EQ(reading.cores.size(), 1U);
  EXPECT_EQ(reading.cores[0].number, 1);
}

TEST_F(cpu, keeps_the_peak_until_it_is_reset) {
  write("/proc/stat", "cpu 0 0 0 0\n");
  EXPECT_FALSE(sensor_.sample().peak);
  write("/proc/stat", "cpu 3 0 0 1\n");
  EXPECT_FLOAT_EQ(sensor_.sample().peak.value(), 75.0F);
  write("/proc/stat", "cpu 4 0 0 4\n");
  EXPECT_FLOAT_EQ(sensor_.sample().peak.value(), 75.0F);
  sensor_.reset();
  write("/proc/stat", "cpu 5 0 0 5\n");
  EXPECT_FLOAT_EQ(sensor_.sample().peak.value(), 50.0F);
}

TEST_F(cpu, is_empty_where_there_is_no_stat) {
  const auto reading = sensor_.sample();
  EXPECT_FALSE(reading.busy);
  EXPECT_TRUE(reading.cores.empty());
}

TEST_F(cpu, shows_the_last_look_and_says_so_when_it_cannot_look) {
  write("/proc/stat", "cpu 0 0 0 0\ncpu0 0 0 0 0\n");
  (void)sensor_.sample();
  write("/proc/stat", "cpu 3 0 0 1\ncpu0 3 0 0 1\n");
  (void)sensor_.sample();
  {
    const no_descriptors at_all;
    const auto stale = sensor_.sample();
    EXPECT_TRUE(stale.stale);
    EXPECT_FLOAT_EQ(stale.busy.value(), 75.0F);
    EXPECT_EQ(stale.cores.size(), 1U);
  }
  write("/proc/stat", "cpu 4 0 0 4\ncpu0 4 0 0 4\n");
  const auto again = sensor_.sample();
  EXPECT_FALSE(again.stale);
  EXPECT_FLOAT_EQ(again.busy.value(), 25.0F);  // since the last look that saw anything
}

TEST(a_line_about_a_processor, is_told_from_any_other) {
  EXPECT_FALSE(parse_cpu("cpufreq 1 2 3 4"));
  EXPECT_FALSE(parse_cpu("cpu-1 1 2 3 4"));
  EXPECT_FALSE(parse_cpu("cpu99999 1 2 3 4"));
  EXPECT_FALSE(parse_cpu("cpu0 1 2 3 -4"));
  EXPECT_FALSE(parse_cpu("intr 1 2 3 4"));
  EXPECT_EQ(parse_cpu("cpu12 1 2 3 4")->number, 12);
}

}  // namespace gateway::test
