#include <gtest/gtest.h>

#include <musubi/memory/internal/fault.hpp>

namespace musubi {
namespace {

class faults : public ::testing::Test {
 protected:
  void TearDown() override { fault::disarm(); }
};

TEST_F(faults, never_strike_unarmed) {
  EXPECT_FALSE(fault::armed());
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(fault::strikes());
}

TEST_F(faults, strike_once_at_the_request_they_are_armed_for) {
  fault::arm(3);
  EXPECT_TRUE(fault::armed());
  EXPECT_FALSE(fault::strikes());
  EXPECT_FALSE(fault::strikes());
  EXPECT_TRUE(fault::strikes());
  EXPECT_FALSE(fault::armed());
  EXPECT_FALSE(fault::strikes());
}

TEST_F(faults, do_not_strike_once_disarmed) {
  fault::arm(1);
  fault::disarm();
  EXPECT_FALSE(fault::armed());
  EXPECT_FALSE(fault::strikes());
}

}  // namespace
}  // namespace musubi
