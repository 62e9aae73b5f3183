#include "lm75.hpp"

#include <gtest/gtest.h>

namespace sensors {
namespace {

// The table of the LM75's data sheet.
TEST(an_lm75, counts_in_eighths_of_a_degree) {
  EXPECT_EQ(lm75_tenths({0x7F, 0x00}), 1270);
  EXPECT_EQ(lm75_tenths({0x19, 0x00}), 250);
  EXPECT_EQ(lm75_tenths({0x00, 0x80}), 5);
  EXPECT_EQ(lm75_tenths({0x00, 0x00}), 0);
  EXPECT_EQ(lm75_tenths({0xFF, 0x80}), -5);
  EXPECT_EQ(lm75_tenths({0xE7, 0x00}), -250);
  EXPECT_EQ(lm75_tenths({0xC9, 0x00}), -550);
}

TEST(an_lm75, is_refused_on_a_bus_that_is_not_there_and_on_a_file_that_is_no_bus) {
  EXPECT_EQ(read_lm75("/dev/no-such-bus", 0x48).error().reason(), "the I2C bus cannot be opened");
  EXPECT_EQ(read_lm75("/dev/null", 0x48).error().reason(), "the I2C bus failed");
}

}  // namespace
}  // namespace sensors
