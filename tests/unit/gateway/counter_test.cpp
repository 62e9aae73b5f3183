#include "sensors/counter.hpp"

#include <gtest/gtest.h>

namespace gateway {

using namespace std::chrono_literals;

class a_counter : public testing::Test {
 protected:
  void read(std::uint64_t total, clock::duration after = 1s) { total_.read(total, now_ += after); }
  counter total_;

 private:
  clock::time_point now_{1h};
};

TEST_F(a_counter, gives_no_rate_at_the_first_look) {
  read(1000);
  EXPECT_EQ(total_.rate(), std::nullopt);
  EXPECT_EQ(total_.sum(), 0U);
}

TEST_F(a_counter, gives_the_step_per_second) {
  read(1000);
  read(1500, 500ms);
  EXPECT_EQ(total_.rate(), 1000U);
  EXPECT_EQ(total_.rate(512), 512'000U);
  EXPECT_EQ(total_.sum(), 500U);
}

TEST_F(a_counter, gives_the_rate_of_the_time_between_its_own_looks) {
  read(1000);
  read(4000, 3s);  // the looks between failed
  EXPECT_EQ(total_.rate(), 1000U);
  EXPECT_EQ(total_.elapsed(), 3s);
}

TEST_F(a_counter, follows_a_32_bit_counter_that_wraps) {
  read(0xFFFFFF00U);
  read(0x100U);
  EXPECT_EQ(total_.step(), 0x200U);
}

TEST_F(a_counter, tells_nothing_when_the_device_was_replaced_and_goes_on_from_there) {
  for (const std::uint64_t before : {std::uint64_t{5'000'000}, std::uint64_t{1} << 40}) {
    total_ = counter();
    read(before);
    read(10);
    EXPECT_EQ(total_.step(), std::nullopt);
    read(30);
    EXPECT_EQ(total_.step(), 20U);
    EXPECT_EQ(total_.sum(), 20U);
  }
}

TEST_F(a_counter, takes_a_fall_to_nothing_for_no_wrap) {
  read(0xF0000000U);
  read(0);
  EXPECT_EQ(total_.step(), std::nullopt);
  EXPECT_EQ(total_.sum(), 0U);
}

TEST_F(a_counter, does_not_count_everything_again_after_a_moment_of_nothing) {
  read(1'000'000);
  read(0);
  read(0);
  read(1'000'700);
  EXPECT_EQ(total_.step(), std::nullopt);
  EXPECT_EQ(total_.sum(), 700U);
  read(1'000'800);
  EXPECT_EQ(total_.rate(), 100U);
  EXPECT_EQ(total_.sum(), 800U);
}

TEST_F(a_counter, counts_from_nothing_after_a_reset_without_losing_the_rate) {
  read(0);
  read(100);
  total_.reset();
  EXPECT_EQ(total_.sum(), 0U);
  read(150);
  EXPECT_EQ(total_.sum(), 50U);
  EXPECT_EQ(total_.rate(), 50U);
}

TEST_F(a_counter, gives_no_rate_when_no_time_has_passed_or_that_no_machine_has) {
  read(0);
  read(100, 0s);
  EXPECT_EQ(total_.rate(), std::nullopt);
  read(std::uint64_t{1} << 63);
  EXPECT_EQ(total_.rate(512), std::nullopt);
}

}  // namespace gateway
