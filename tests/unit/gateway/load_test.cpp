#include "sensors/load.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class load : public machine {};

TEST_F(load, reads_the_three_averages) {
  write("/proc/loadavg", "0.12 1.50 12.06 1/87 5976\n");
  const auto average = read([](file_reader& reader) { return read_load(reader); });
  ASSERT_TRUE(average);
  EXPECT_FLOAT_EQ(average->one, 0.12F);
  EXPECT_FLOAT_EQ(average->five, 1.5F);
  EXPECT_FLOAT_EQ(average->fifteen, 12.06F);
}

TEST_F(load, is_absent_where_the_kernel_does_not_tell) {
  EXPECT_FALSE(read([](file_reader& reader) { return read_load(reader); }));
  write("/proc/loadavg", "0.12 n/a 0.06\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_load(reader); }));
}

class uptime : public machine {};

TEST_F(uptime, is_told_in_whole_seconds) {
  write("/proc/uptime", "1719.94 3335.57\n");
  EXPECT_EQ(read([](file_reader& reader) { return read_uptime(reader); }), 1719U);
}

TEST_F(uptime, is_absent_when_it_makes_no_sense) {
  EXPECT_FALSE(read([](file_reader& reader) { return read_uptime(reader); }));
  write("/proc/uptime", "-3 0\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_uptime(reader); }));
  write("/proc/uptime", "nan 0\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_uptime(reader); }));
}

TEST(the_text_of_loadavg, holds_three_numbers_that_a_machine_can_have) {
  EXPECT_TRUE(parse_load("0.00 0.01 0.05 1/87 5976\n"));
  for (const char* text : {"", "0.1 0.2", "-1 0 0", "nan 0 0", "inf 0 0", "1e30 0 0", "0,1 0 0"}) {
    EXPECT_FALSE(parse_load(text)) << text;
  }
}

TEST(the_text_of_uptime, holds_seconds) {
  EXPECT_EQ(parse_uptime("1719.94 3335.57"), 1719U);
  for (const char* text : {"", "inf 0", "nan 0", "-1 0", "1e300 0", "soon"}) {
    EXPECT_FALSE(parse_uptime(text)) << text;
  }
}

}  // namespace gateway::test
