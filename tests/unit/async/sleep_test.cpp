#include "unit/async/virtual_host.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;

class sleeping : public ::testing::Test {
 protected:
  task<> note_after(duration delay, char name) {
    co_await sleep(delay);
    log_ += name;
  }
  task<> note_every(duration delay, char name, int times) {
    for (int i = 0; i < times; ++i) {
      co_await sleep(delay);
      log_ += name;
    }
  }

  test::virtual_host host_;
  task_group group_;
  std::string log_;
};

TEST_F(sleeping, lasts_as_long_as_asked_for) {
  ASSERT_TRUE(group_.spawn(note_after(10ms, 'a')).ok());
  host_.run_for(9ms);
  EXPECT_EQ(log_, "");
  host_.run_for(1ms);
  EXPECT_EQ(log_, "a");
}

TEST_F(sleeping, ends_in_the_order_of_the_alarms) {
  ASSERT_TRUE(group_.spawn(note_after(30ms, 'c')).ok());
  ASSERT_TRUE(group_.spawn(note_after(10ms, 'a')).ok());
  ASSERT_TRUE(group_.spawn(note_after(20ms, 'b')).ok());
  host_.run_for(1s);
  EXPECT_EQ(log_, "abc");
}

TEST_F(sleeping, repeats) {
  ASSERT_TRUE(group_.spawn(note_every(10ms, 'a', 3)).ok());
  ASSERT_TRUE(group_.spawn(note_every(25ms, 'b', 1)).ok());
  host_.run_for(100ms);
  EXPECT_EQ(log_, "aaba");
  EXPECT_TRUE(group_.empty());
}

TEST_F(sleeping, for_no_time_lets_everybody_else_run_once) {
  ASSERT_TRUE(group_.spawn(note_every(0ms, 'a', 3)).ok());
  ASSERT_TRUE(group_.spawn(note_every(0ms, 'b', 3)).ok());
  EXPECT_EQ(log_, "");
  host_.run();
  EXPECT_EQ(log_, "ababab");
}

TEST_F(sleeping, for_a_time_that_never_comes_waits) {
  ASSERT_TRUE(group_.spawn(note_after(duration::max(), 'a')).ok());
  host_.run_for(24h);
  EXPECT_EQ(log_, "");
  EXPECT_FALSE(group_.empty());
}

TEST_F(sleeping, ends_with_the_task_that_sleeps) {
  {
    task_group passing;
    ASSERT_TRUE(passing.spawn(note_after(10ms, 'a')).ok());
    EXPECT_EQ(host_.run(), time_point(10ms));
  }
  EXPECT_EQ(host_.run(), std::nullopt);
  host_.run_for(20ms);
  EXPECT_EQ(log_, "");
}

}  // namespace
}  // namespace musubi
