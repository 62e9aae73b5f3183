#include "unit/async/virtual_host.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/async/event.hpp>
#include <musubi/async/task.hpp>

namespace musubi {
namespace {

class events : public ::testing::Test {
 protected:
  task<> wait_and_note(char name) {
    for (;;) {
      co_await happened_.wait();
      log_ += name;
    }
  }
  void start(task<>& work) { work.start(ignored_); }

  struct nothing : job {
    nothing() : job([](job&) noexcept {}) {}
  };

  test::virtual_host host_;
  event happened_;
  std::string log_;
  nothing ignored_;
};

TEST_F(events, resume_everybody_who_waits_in_order) {
  task<> a = wait_and_note('a');
  task<> b = wait_and_note('b');
  start(a);
  start(b);
  happened_.notify();
  host_.run();
  EXPECT_EQ(log_, "ab");
}

TEST_F(events, resume_nobody_before_the_host_runs) {
  task<> a = wait_and_note('a');
  start(a);
  happened_.notify();
  EXPECT_EQ(log_, "");
  host_.run();
  EXPECT_EQ(log_, "a");
}

TEST_F(events, resume_who_waits_again_only_when_notified_again) {
  task<> a = wait_and_note('a');
  start(a);
  happened_.notify();
  host_.run();
  host_.run();
  EXPECT_EQ(log_, "a");
  happened_.notify();
  host_.run();
  EXPECT_EQ(log_, "aa");
}

TEST_F(events, keep_no_memory_of_a_notification) {
  happened_.notify();
  task<> a = wait_and_note('a');
  start(a);
  host_.run();
  EXPECT_EQ(log_, "");
}

TEST_F(events, forget_who_is_destroyed_while_it_waits) {
  task<> a = wait_and_note('a');
  task<> b = wait_and_note('b');
  start(a);
  start(b);
  a.reset();
  happened_.notify();
  host_.run();
  EXPECT_EQ(log_, "b");
}

TEST_F(events, forget_who_is_destroyed_between_the_notification_and_its_turn) {
  task<> a = wait_and_note('a');
  start(a);
  happened_.notify();
  a.reset();
  host_.run();
  EXPECT_EQ(log_, "");
}

TEST_F(events, may_end_before_those_who_wait) {
  auto wait_on = [](event& on) -> task<> { co_await on.wait(); };
  task<> waiting;
  {
    event passing;
    waiting = wait_on(passing);
    start(waiting);
  }
  host_.run();
  EXPECT_FALSE(waiting.done());
}

}  // namespace
}  // namespace musubi
