#include "unit/async/virtual_host.hpp"

#include <functional>
#include <gtest/gtest.h>

#include <musubi/async/runtime.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;

struct calling : job {
  explicit calling(std::function<void()> what) : job(&calling::call), what_(std::move(what)) {}
  static void call(job& self) noexcept { static_cast<calling&>(self).what_(); }

 private:
  std::function<void()> what_;
};

struct remotely : remote_job {
  explicit remotely(std::function<void()> what)
      : remote_job(&remotely::call), what_(std::move(what)) {}
  static void call(remote_job& self) noexcept { static_cast<remotely&>(self).what_(); }

 private:
  std::function<void()> what_;
};

class runtimes : public ::testing::Test {
 protected:
  test::virtual_host host_;
};

TEST_F(runtimes, need_not_be_called_again_when_nothing_waits) {
  EXPECT_EQ(host_.loop().poll(time_point(5us)), std::nullopt);
}

TEST_F(runtimes, run_what_is_ready) {
  int times = 0;
  calling once([&] { ++times; });
  host_.loop().push(once);
  EXPECT_EQ(host_.loop().poll(time_point()), std::nullopt);
  EXPECT_EQ(times, 1);
}

TEST_F(runtimes, tell_when_the_next_timer_is_due) {
  calling nothing([] {});
  timer alarm(nothing);
  host_.loop().arm_after(alarm, 30us);
  EXPECT_EQ(host_.loop().poll(time_point(10us)), time_point(30us));
  EXPECT_EQ(host_.loop().poll(time_point(30us)), std::nullopt);
}

TEST_F(runtimes, run_a_timer_that_is_due_in_the_same_turn) {
  int times = 0;
  calling count([&] { ++times; });
  timer alarm(count);
  host_.loop().arm(alarm, time_point(10us));
  EXPECT_EQ(host_.loop().poll(time_point(10us)), std::nullopt);
  EXPECT_EQ(times, 1);
}

TEST_F(runtimes, come_back_for_io_after_some_rounds_while_work_is_left) {
  int times = 0;
  calling greedy([&] {
    ++times;
    host_.loop().push(greedy);
  });
  host_.loop().push(greedy);
  EXPECT_EQ(host_.loop().poll(time_point(7us)), time_point(7us));
  EXPECT_EQ(times, runtime::rounds_per_poll);
}

TEST_F(runtimes, run_deferred_work_once_a_poll_and_want_to_be_called_again) {
  int times = 0;
  calling patient([&] {
    if (++times < 3) host_.loop().defer(patient);
  });
  host_.loop().defer(patient);
  for (const int expected : {0, 1, 2}) {
    EXPECT_EQ(host_.loop().poll(time_point(7us)), time_point(7us));
    EXPECT_EQ(times, expected);
  }
  EXPECT_EQ(host_.loop().poll(time_point(7us)), std::nullopt);
  EXPECT_EQ(times, 3);
}

TEST_F(runtimes, have_a_clock_that_never_goes_back) {
  (void)host_.loop().poll(time_point(10us));
  (void)host_.loop().poll(time_point(5us));
  EXPECT_EQ(host_.loop().now(), time_point(10us));
}

TEST_F(runtimes, take_a_delay_beyond_the_end_of_time_as_infinite) {
  int times = 0;
  calling count([&] { ++times; });
  timer alarm(count);
  host_.loop().advance(time_point(1s));
  host_.loop().arm_after(alarm, duration::max());
  EXPECT_EQ(host_.loop().poll(time_point(2s)), time_point::max());
  EXPECT_EQ(times, 0);
}

TEST_F(runtimes, take_a_delay_that_has_passed_as_due) {
  int times = 0;
  calling count([&] { ++times; });
  timer alarm(count);
  host_.loop().arm_after(alarm, -1s);
  (void)host_.loop().poll(time_point());
  EXPECT_EQ(times, 1);
}

TEST_F(runtimes, run_what_was_posted_and_wake_the_port_for_it) {
  int times = 0;
  remotely posted([&] { ++times; });
  host_.loop().post(posted);
  host_.loop().post(posted);
  EXPECT_EQ(host_.wakes(), 1);
  EXPECT_EQ(times, 0);
  host_.run();
  EXPECT_EQ(times, 1);
}

TEST_F(runtimes, want_to_be_called_again_for_what_was_posted_in_the_last_round) {
  int rounds = 0;
  int times = 0;
  remotely posted([&] { ++times; });
  calling greedy([&] {
    if (++rounds < runtime::rounds_per_poll) {
      host_.loop().push(greedy);
    } else {
      host_.loop().post(posted);
    }
  });
  host_.loop().push(greedy);
  EXPECT_EQ(host_.loop().poll(time_point(3us)), time_point(3us));
  EXPECT_EQ(times, 0);
  EXPECT_EQ(host_.loop().poll(time_point(3us)), std::nullopt);
  EXPECT_EQ(times, 1);
}

TEST_F(runtimes, are_current_on_their_thread_while_they_run) {
  test::virtual_host other;
  EXPECT_EQ(runtime::current(), &other.loop());
  runtime* seen = nullptr;
  calling look([&] { seen = runtime::current(); });
  host_.loop().push(look);
  host_.run();
  EXPECT_EQ(seen, &host_.loop());
}

TEST(runtime_end, leaves_no_runtime_behind) {
  { const test::virtual_host host; }
  EXPECT_EQ(runtime::current(), nullptr);
}

}  // namespace
}  // namespace musubi
