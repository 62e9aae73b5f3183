#include "sensors/load.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class load : public machine {};

TEST_F(load, reads_the_three_averages) {
  write("/proc/loadavg", "0.12 1.50 12.06 1/87 5976\n");
  const auto average = read_load(files());
  ASSERT_TRUE(average);
  EXPECT_FLOAT_EQ(average->one, 0.12F);
  EXPECT_FLOAT_EQ(average->five, 1.5F);
  EXPECT_FLOAT_EQ(average->fifteen, 12.06F);
}

TEST_F(load, is_absent_where_the_kernel_does_not_tell) {
  EXPECT_FALSE(read_load(files()));
  write("/proc/loadavg", "0.12 n/a 0.06\n");
  EXPECT_FALSE(read_load(files()));
}

class uptime : public machine {};

TEST_F(uptime, is_told_in_whole_seconds) {
  write("/proc/uptime", "1719.94 3335.57\n");
  EXPECT_EQ(read_uptime(files()), 1719U);
}

TEST_F(uptime, is_absent_when_it_makes_no_sense) {
  EXPECT_FALSE(read_uptime(files()));
  write("/proc/uptime", "-3 0\n");
  EXPECT_FALSE(read_uptime(files()));
  write("/proc/uptime", "nan 0\n");
  EXPECT_FALSE(read_uptime(files()));
}

}  // namespace gateway::test
