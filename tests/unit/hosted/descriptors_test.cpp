#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <musubi/hosted/internal/descriptors.hpp>

namespace musubi::hosted {
namespace {

/// In a child process, which may do what it likes with its limits.
bool allowed_is(rlim_t soft, rlim_t hard, std::uint64_t needed, std::uint64_t expected) {
  const rlimit set{.rlim_cur = soft, .rlim_max = hard};
  if (::setrlimit(RLIMIT_NOFILE, &set) != 0) return false;
  rlimit after{};
  return allow_descriptors(needed) == expected && ::getrlimit(RLIMIT_NOFILE, &after) == 0 &&
         after.rlim_cur == expected && after.rlim_max == hard;
}

TEST(descriptors, of_a_host_are_one_for_each_client_and_some_for_the_program) {
  constexpr limits sizes{.connections = 100, .requests = 10};
  EXPECT_EQ(descriptors_for(sizes), 111U + 64U);
  EXPECT_EQ(descriptors_for(sizes, 4), 444U + 64U);
}

TEST(descriptors, are_left_alone_when_there_are_enough) {
  EXPECT_EXIT(std::_Exit(allowed_is(300, 400, 200, 300) ? 0 : 1), testing::ExitedWithCode(0), "");
}

TEST(descriptors, are_raised_as_far_as_needed) {
  EXPECT_EXIT(std::_Exit(allowed_is(100, 400, 200, 200) ? 0 : 1), testing::ExitedWithCode(0), "");
}

TEST(descriptors, are_raised_no_further_than_allowed) {
  EXPECT_EXIT(std::_Exit(allowed_is(100, 150, 200, 150) ? 0 : 1), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace musubi::hosted
