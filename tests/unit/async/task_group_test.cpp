#include "unit/async/virtual_host.hpp"
#include "unit/memory/counted.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;
using test::counted;

class task_groups : public ::testing::Test {
 protected:
  void SetUp() override { counted::alive = 0; }
  void TearDown() override { fault::disarm(); }

  test::virtual_host host_;
};

task<> at_once(int& runs) {
  ++runs;
  co_return;
}

task<> for_a_while(int& runs) {
  const counted alive(1);
  co_await sleep(10ms);
  ++runs;
}

TEST_F(task_groups, run_a_task_up_to_its_first_wait_at_once) {
  int runs = 0;
  task_group group;
  EXPECT_TRUE(group.empty());
  EXPECT_TRUE(group.spawn(at_once(runs)).ok());
  EXPECT_EQ(runs, 1);
  EXPECT_FALSE(group.empty());
}

TEST_F(task_groups, free_a_task_that_ended) {
  int runs = 0;
  task_group group;
  ASSERT_TRUE(group.spawn(at_once(runs)).ok());
  host_.run();
  EXPECT_TRUE(group.empty());
  EXPECT_EQ(host_.frames_used(), 0U);
}

TEST_F(task_groups, keep_what_waits_until_it_ends) {
  int runs = 0;
  task_group group;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(group.spawn(for_a_while(runs)).ok());
  host_.run_for(9ms);
  EXPECT_FALSE(group.empty());
  host_.run_for(1ms);
  EXPECT_EQ(runs, 5);
  EXPECT_TRUE(group.empty());
  EXPECT_EQ(host_.frames_used(), 0U);
}

TEST_F(task_groups, end_what_is_left_when_destroyed) {
  int runs = 0;
  {
    task_group group;
    ASSERT_TRUE(group.spawn(for_a_while(runs)).ok());
    ASSERT_TRUE(group.spawn(for_a_while(runs)).ok());
    ASSERT_TRUE(group.spawn(at_once(runs)).ok());
    EXPECT_EQ(counted::alive, 2);
  }
  EXPECT_EQ(counted::alive, 0);
  EXPECT_EQ(host_.frames_used(), 0U);
  host_.run_for(20ms);
  EXPECT_EQ(runs, 1);
}

TEST_F(task_groups, refuse_a_task_without_a_frame) {
  int runs = 0;
  task_group group;
  fault::arm(1);
  const status answer = group.spawn(at_once(runs));
  EXPECT_EQ(answer.code(), errc::exhausted);
  EXPECT_EQ(answer.reason(), "coroutine_frames");
  EXPECT_EQ(runs, 0);
}

TEST_F(task_groups, refuse_a_task_when_there_is_no_frame_left_to_keep_it_in) {
  int runs = 0;
  task_group group;
  fault::arm(2);
  EXPECT_EQ(group.spawn(at_once(runs)).code(), errc::exhausted);
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(group.empty());
  EXPECT_EQ(host_.frames_used(), 0U);
}

TEST_F(task_groups, take_a_task_from_one_of_their_own) {
  int runs = 0;
  task_group group;
  auto spawning = [](task_group& into, int& count) -> task<> {
    co_await sleep(1ms);
    EXPECT_TRUE(into.spawn(for_a_while(count)).ok());
  };
  ASSERT_TRUE(group.spawn(spawning(group, runs)).ok());
  host_.run_for(20ms);
  EXPECT_EQ(runs, 1);
  EXPECT_TRUE(group.empty());
}

}  // namespace
}  // namespace musubi
