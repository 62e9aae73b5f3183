#include "sensors/counter.hpp"

#include <gtest/gtest.h>

namespace gateway {

using namespace std::chrono_literals;

TEST(counter, gives_no_rate_at_the_first_look) {
  counter total;
  total.read(1000);
  EXPECT_EQ(total.rate(1s), std::nullopt);
  EXPECT_EQ(total.sum(), 0U);
}

TEST(counter, gives_the_step_per_second) {
  counter total;
  total.read(1000);
  total.read(1500);
  EXPECT_EQ(total.rate(500ms), 1000U);
  EXPECT_EQ(total.sum(), 500U);
}

TEST(counter, follows_a_32_bit_counter_that_wraps) {
  counter total;
  total.read(0xFFFFFF00U);
  total.read(0x100U);
  EXPECT_EQ(total.step(), 0x200U);
}

TEST(counter, tells_nothing_when_the_device_was_replaced_and_goes_on_from_there) {
  counter total;
  total.read(5'000'000);
  total.read(10);
  EXPECT_EQ(total.step(), std::nullopt);
  total.read(30);
  EXPECT_EQ(total.step(), 20U);
  EXPECT_EQ(total.sum(), 20U);
}

TEST(counter, counts_from_nothing_after_a_reset_without_losing_the_rate) {
  counter total;
  total.read(0);
  total.read(100);
  total.reset();
  EXPECT_EQ(total.sum(), 0U);
  total.read(150);
  EXPECT_EQ(total.sum(), 50U);
  EXPECT_EQ(total.rate(1s), 50U);
}

TEST(counter, gives_no_rate_when_no_time_has_passed) {
  counter total;
  total.read(0);
  total.read(100);
  EXPECT_EQ(total.rate(0s), std::nullopt);
}

}  // namespace gateway
