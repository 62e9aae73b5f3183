#include <gtest/gtest.h>

#include <musubi/mqtt/internal/backoff.hpp>

namespace musubi::mqtt {
namespace {

using namespace std::chrono_literals;
constexpr std::uint32_t middle = 512;  // of the random numbers: neither longer nor shorter

TEST(backoff, doubles_its_pauses_up_to_half_a_minute) {
  backoff pauses;
  duration before = pauses.next(middle);
  EXPECT_NEAR(static_cast<double>(before.count()), 250'000, 1000);
  for (int i = 0; i < 6; ++i) {
    const duration now = pauses.next(middle);
    EXPECT_NEAR(static_cast<double>(now.count()), 2.0 * static_cast<double>(before.count()), 10);
    before = now;
  }
  for (int i = 0; i < 100; ++i) before = pauses.next(middle);
  EXPECT_NEAR(static_cast<double>(before.count()), 30'000'000, 30'000);
}

TEST(backoff, is_longer_or_shorter_by_up_to_a_half_at_random) {
  EXPECT_EQ(backoff().next(0), 125ms);
  EXPECT_EQ(backoff().next(1023), 375ms);
  EXPECT_EQ(backoff().next(0xFFFF'FFFF), 375ms);
}

TEST(backoff, starts_over_after_a_connection_that_lasted) {
  backoff pauses;
  for (int i = 0; i < 5; ++i) (void)pauses.next(middle);
  pauses.ended(29s);
  EXPECT_GT(pauses.next(middle), 5s);
  pauses.ended(30s);
  EXPECT_LT(pauses.next(middle), 300ms);
}

}  // namespace
}  // namespace musubi::mqtt
