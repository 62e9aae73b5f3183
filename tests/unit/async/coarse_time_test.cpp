#include <chrono>
#include <gtest/gtest.h>

#include <musubi/async/internal/coarse_time.hpp>

namespace musubi {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(coarse_time, is_past_after_that_long_and_not_before) {
  const time_point began{seconds(7)};
  const coarse_time at(began);
  EXPECT_FALSE(at.past(seconds(60), began));
  EXPECT_FALSE(at.past(seconds(60), began + seconds(60) - milliseconds(3)));
  EXPECT_TRUE(at.past(seconds(60), began + seconds(60)));
  EXPECT_TRUE(at.past(seconds(0), began));
}

// 32 bits of milliseconds wrap around every 50 days
TEST(coarse_time, measures_across_a_wrap_around) {
  const time_point wrap{duration{std::int64_t{1} << 42U}};
  const coarse_time before(wrap - seconds(1));
  EXPECT_FALSE(before.past(seconds(2), wrap));
  EXPECT_TRUE(before.past(seconds(2), wrap + seconds(1)));
}

TEST(coarse_time, tells_moments_of_one_second_from_those_of_the_next) {
  const coarse_time at(time_point{duration{1024 * 1024 * 5}});
  const auto after = [](milliseconds of) {
    return coarse_time(time_point{duration{1024 * 1024 * 5}} + of);
  };
  EXPECT_TRUE(at.same_second(after(milliseconds(0))));
  EXPECT_TRUE(at.same_second(after(milliseconds(1040))));
  EXPECT_FALSE(at.same_second(after(milliseconds(1049))));
  EXPECT_FALSE(at.same_second(after(milliseconds(-1))));
  EXPECT_FALSE(at.same_second(after(milliseconds(1049) * 4096)));
}

TEST(coarse_time, measures_the_longest_duration) {
  const time_point began{seconds(7)};
  const coarse_time at(began);
  EXPECT_FALSE(at.past(coarse_time::longest, began + coarse_time::longest - seconds(1)));
  EXPECT_TRUE(at.past(coarse_time::longest, began + coarse_time::longest));
}

}  // namespace
}  // namespace musubi
