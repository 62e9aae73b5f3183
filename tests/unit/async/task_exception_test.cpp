/// What a coroutine of an application with exceptions throws.

#include "unit/async/virtual_host.hpp"
#include "unit/memory/counted.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;
using test::counted;

class throwing_tasks : public ::testing::Test {
 protected:
  void SetUp() override { counted::alive = 0; }
  void TearDown() override { EXPECT_EQ(counted::alive, 0); }

  struct nothing : job {
    nothing() : job([](job&) noexcept {}) {}
  };
  test::virtual_host host_;
  nothing ignored_;
};

task<int> throwing(bool after_a_while) {
  const counted alive(1);
  if (after_a_while) co_await sleep(1ms);
  throw std::runtime_error("sensor unplugged");
}

task<int> passing_on() {
  const counted alive(2);
  const result<int> got = co_await throwing(true);
  co_return got.ok() ? *got : -1;
}

task<std::string> catching() {
  std::string what;
  try {
    (void)co_await passing_on();
  } catch (const std::runtime_error& error) {
    what = error.what();
  }
  co_return what;
}

TEST_F(throwing_tasks, tell_that_they_threw) {
  task<int> work = throwing(false);
  EXPECT_FALSE(work.threw());
  work.start(ignored_);
  EXPECT_TRUE(work.done());
  EXPECT_TRUE(work.threw());
  EXPECT_EQ(counted::alive, 0);
}

TEST_F(throwing_tasks, throw_again_where_their_value_is_taken) {
  task<int> work = throwing(false);
  work.start(ignored_);
  EXPECT_THROW((void)work.take(), std::runtime_error);
  EXPECT_FALSE(work.threw());
}

TEST_F(throwing_tasks, throw_into_whoever_awaits_them_at_any_depth) {
  task<std::string> work = catching();
  work.start(ignored_);
  host_.run_for(2ms);
  ASSERT_TRUE(work.done());
  EXPECT_FALSE(work.threw());
  EXPECT_EQ(*work.take(), "sensor unplugged");
}

TEST_F(throwing_tasks, let_the_exception_go_when_nobody_asks) {
  task<int> work = throwing(true);
  work.start(ignored_);
  host_.run_for(2ms);
  EXPECT_TRUE(work.threw());
  work.reset();
  EXPECT_EQ(host_.frames_used(), 0U);
}

TEST_F(throwing_tasks, end_alone_in_a_group) {
  auto background = []() -> task<> {
    co_await sleep(1ms);
    throw 5;
  };
  task_group group;
  ASSERT_TRUE(group.spawn(background()).ok());
  host_.run_for(2ms);
  EXPECT_TRUE(group.empty());
}

}  // namespace
}  // namespace musubi
