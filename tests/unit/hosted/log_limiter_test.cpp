#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/internal/log_limiter.hpp>

namespace musubi::hosted {
namespace {

using namespace std::chrono_literals;

constexpr time_point at(duration since) {
  return time_point(since);
}

std::vector<std::string> sums(log_limiter& of, time_point now) {
  std::vector<std::string> told;
  of.sum_up(now, [&](log_level, std::string_view kind, std::uint32_t count) {
    told.push_back(std::string(kind) + " " + std::to_string(count));
  });
  return told;
}

std::uint32_t admitted(log_limiter& by, std::string_view kind, time_point now, int tries) {
  std::uint32_t count = 0;
  for (int i = 0; i < tries; ++i) {
    if (by.admits(kind, log_level::warning, now)) ++count;
  }
  return count;
}

TEST(log_limiter, admits_the_first_lines_of_each_kind) {
  log_limiter limiter;
  EXPECT_EQ(admitted(limiter, "a", at(0s), 100), log_limiter::lines_a_minute);
  EXPECT_EQ(admitted(limiter, "b", at(0s), 100), log_limiter::lines_a_minute);
  EXPECT_EQ(admitted(limiter, "a", at(30s), 100), 0U);
}

TEST(log_limiter, tells_how_many_it_held_back_when_the_minute_is_over) {
  log_limiter limiter;
  (void)admitted(limiter, "a", at(0s), 12);
  (void)admitted(limiter, "b", at(0s), 2);
  EXPECT_TRUE(sums(limiter, at(59s)).empty());
  EXPECT_EQ(sums(limiter, at(60s)), std::vector<std::string>{"a 7"});
  EXPECT_EQ(admitted(limiter, "a", at(61s), 100), log_limiter::lines_a_minute);
}

TEST(log_limiter, tells_nothing_of_a_kind_that_has_ceased) {
  log_limiter limiter;
  (void)admitted(limiter, "a", at(0s), 12);
  (void)sums(limiter, at(60s));
  EXPECT_TRUE(sums(limiter, at(120s)).empty());
  EXPECT_TRUE(sums(limiter, at(600s)).empty());
}

TEST(log_limiter, has_one_place_for_kinds_beyond_its_room) {
  log_limiter limiter;
  std::uint32_t admitted_in_all = 0;
  for (int i = 0; i < 1000; ++i) {
    admitted_in_all += admitted(limiter, "kind " + std::to_string(i), at(0s), 1);
  }
  EXPECT_LT(admitted_in_all, log_limiter::kinds + log_limiter::lines_a_minute);
  std::uint64_t told = 0;
  limiter.sum_up(at(60s), [&](log_level, std::string_view, std::uint32_t count) { told += count; });
  EXPECT_EQ(told + admitted_in_all, 1000U);
}

TEST(log_limiter, knows_a_long_kind_again) {
  log_limiter limiter;
  const std::string kind(200, 'x');
  EXPECT_EQ(admitted(limiter, kind, at(0s), 100), log_limiter::lines_a_minute);
}

}  // namespace
}  // namespace musubi::hosted
