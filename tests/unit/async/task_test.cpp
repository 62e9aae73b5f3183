#include "unit/async/virtual_host.hpp"
#include "unit/memory/counted.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task.hpp>
#include <musubi/memory/internal/fault.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;
using test::counted;

// Counts how often a task told that it ended.
struct ended : job {
  ended() : job(&ended::count) {}
  static void count(job& self) noexcept { ++static_cast<ended&>(self).times; }
  int times = 0;
};

class tasks : public ::testing::Test {
 protected:
  void SetUp() override { counted::alive = 0; }
  void TearDown() override {
    fault::disarm();
    EXPECT_EQ(counted::alive, 0);
  }
  // Runs a task to its end, without letting time pass.
  template <class T>
  auto run(task<T> work) {
    if (work.valid()) work.start(ended_);
    host_.run();
    EXPECT_TRUE(work.done());
    return work.take();
  }

  test::virtual_host host_;
  ended ended_;
};

task<int> number(int value) {
  co_return value;
}

// Called through this, `number` asks the pools for its frame: seeing all of it, clang finds out
// that the frame can live on the stack.
task<int> (*volatile opaque_number)(int) = &number;

task<result<int>> sum(int depth) {
  if (depth == 0) co_return 1;
  const result<int> below = co_await sum(depth - 1);
  if (!below) co_return below.error();
  co_return *below + 1;
}

task<result<int>> slow_sum(int depth) {
  co_await sleep(0ms);
  if (depth == 0) co_return 1;
  const result<int> below = co_await slow_sum(depth - 1);
  co_await sleep(0ms);
  if (!below) co_return below.error();
  co_return *below + 1;
}

task<> set(int& to, int value) {
  to = value;
  co_return;
}

task<status> refusing() {
  co_return refuse("no", "field");
}
task<status> accepting() {
  co_return {};
}
task<result<int>> answering(int value) {
  if (value < 0) co_return refuse("negative");
  co_return value;
}
task<std::string> spelling() {
  co_return "a word that does not fit into the string itself";
}

// A task that waits on an event and holds two values meanwhile.
task<> holding(event& on, std::string& log) {
  struct noting {
    noting(std::string& to, char as) : log(&to), name(as) {}
    ~noting() { *log += name; }
    std::string* log;
    char name;
  };
  const noting first(log, '1');
  const noting second(log, '2');
  const counted alive(1);
  co_await on.wait();
  log += 'w';
}

task<> nested_holding(event& on, std::string& log, int depth) {
  const counted alive(depth);
  if (depth == 0) {
    (void)co_await holding(on, log);
  } else {
    (void)co_await nested_holding(on, log, depth - 1);
  }
}

TEST_F(tasks, do_not_run_before_they_are_started) {
  int seen = 0;
  task<> work = set(seen, 5);
  EXPECT_TRUE(work.valid());
  EXPECT_FALSE(work.done());
  EXPECT_EQ(seen, 0);
  work.start(ended_);
  EXPECT_EQ(seen, 5);
  EXPECT_TRUE(work.done());
}

TEST_F(tasks, tell_that_they_ended_once_through_the_run_queue) {
  int seen = 0;
  task<> work = set(seen, 5);
  work.start(ended_);
  EXPECT_EQ(ended_.times, 0);
  host_.run();
  EXPECT_EQ(ended_.times, 1);
}

TEST_F(tasks, yield_a_value) {
  const auto got = run(number(7));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, 7);
}

TEST_F(tasks, yield_what_stands_in_for_a_value_when_no_frame_is_free) {
  auto awaiting = [](std::string& log) -> task<> {
    task<int> one = opaque_number(1);
    log += std::to_string(co_await one.value_or(2));
    fault::arm(1);
    one = opaque_number(1);
    log += std::to_string(co_await one.value_or(2));
  };
  std::string log;
  EXPECT_TRUE(run(awaiting(log)).ok());
  EXPECT_EQ(log, "12");
}

TEST_F(tasks, of_a_plain_value_have_no_room_for_an_error) {
  static_assert(sizeof(detail::promise<bool>) < sizeof(detail::promise_base) + sizeof(status));
}

TEST_F(tasks, yield_success_when_they_yield_nothing) {
  int seen = 0;
  EXPECT_TRUE(run(set(seen, 5)).ok());
}

TEST_F(tasks, yield_a_status_as_it_is) {
  EXPECT_EQ(run(refusing()).reason(), "no");
  EXPECT_EQ(run(refusing()).field(), "field");
  EXPECT_TRUE(run(accepting()).ok());
}

TEST_F(tasks, yield_a_result_as_it_is) {
  const auto good = run(answering(3));
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(*good, 3);
  EXPECT_EQ(run(answering(-1)).error().reason(), "negative");
}

TEST_F(tasks, yield_what_they_are_given_to_convert) {
  const auto got = run(spelling());
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->size(), 47U);
}

TEST_F(tasks, await_each_other) {
  const auto got = run(sum(20));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, 21);
}

TEST_F(tasks, await_each_other_while_all_of_them_wait_for_time) {
  const auto got = run(slow_sum(20));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, 21);
}

TEST_F(tasks, are_awaited_by_name_too) {
  auto both = []() -> task<int> {
    task<int> one = number(1);
    task<int> two = number(2);
    const result<int> second = co_await two;
    const result<int> first = co_await one;
    co_return *first * 10 + *second;
  };
  const auto got = run(both());
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, 12);
}

TEST_F(tasks, await_a_hundred_thousand_others_without_growing_the_stack) {
  auto loop = []() -> task<int> {
    int total = 0;
    for (int i = 0; i < 100000; ++i) {
      const result<int> one = co_await number(1);
      total += *one;
    }
    co_return total;
  };
  task<int> work = loop();
  work.start(ended_);
  while (!work.done()) host_.run();
  EXPECT_EQ(*work.take(), 100000);
}

TEST_F(tasks, are_invalid_when_no_frame_is_free) {
  fault::arm(1);
  task<int> work = opaque_number(1);
  EXPECT_FALSE(work.valid());
  EXPECT_TRUE(work.done());
  EXPECT_FALSE(work.threw());
  const auto got = work.take();
  EXPECT_EQ(got.error().code(), errc::exhausted);
  EXPECT_EQ(got.error().reason(), "coroutine_frames");
}

TEST_F(tasks, of_every_kind_yield_an_error_when_no_frame_is_free) {
  auto await_all = [](std::string& log) -> task<> {
    int seen = 0;
    fault::arm(1);
    if (!(co_await number(1)).ok()) log += 'n';
    fault::arm(1);
    if (!(co_await set(seen, 1)).ok()) log += 's';
    fault::arm(1);
    if ((co_await refusing()).code() == errc::exhausted) log += 'r';
    fault::arm(1);
    if ((co_await answering(1)).error().code() == errc::exhausted) log += 'a';
  };
  std::string log;
  EXPECT_TRUE(run(await_all(log)).ok());
  EXPECT_EQ(log, "nsra");
}

TEST_F(tasks, survive_the_lack_of_a_frame_at_every_depth) {
  constexpr int depth = 10;
  for (std::uint32_t nth = 1; nth <= depth + 1; ++nth) {
    fault::arm(nth);
    const auto got = run(slow_sum(depth));
    EXPECT_FALSE(fault::armed());
    EXPECT_FALSE(got.ok());
    EXPECT_EQ(got.error().reason(), "coroutine_frames");
    EXPECT_EQ(host_.frames_used(), 0U);
  }
  fault::arm(depth + 2);
  EXPECT_TRUE(run(slow_sum(depth)).ok());
}

TEST_F(tasks, are_invalid_once_the_pools_are_empty_and_valid_again_later) {
  std::vector<task<int>> all;
  while (all.empty() || all.back().valid()) all.push_back(opaque_number(1));
  EXPECT_GT(all.size(), 10U);
  EXPECT_FALSE(opaque_number(2).valid());
  all.clear();
  EXPECT_TRUE(run(number(3)).ok());
}

TEST_F(tasks, are_invalid_where_no_runtime_is_current) {
  task<int> work;
  {
    { const test::virtual_host passing; }  // takes the place, and leaves nobody in it
    work = opaque_number(1);
  }
  EXPECT_FALSE(work.valid());
  host_.loop().make_current();
}

TEST_F(tasks, free_their_frame_when_never_started) {
  { const task<int> work = number(1); }
  EXPECT_EQ(host_.frames_used(), 0U);
}

TEST_F(tasks, destroy_their_locals_in_order_when_cancelled) {
  event never;
  std::string log;
  task<> work = holding(never, log);
  work.start(ended_);
  EXPECT_EQ(counted::alive, 1);
  work.reset();
  EXPECT_EQ(log, "21");
  EXPECT_EQ(counted::alive, 0);
  EXPECT_FALSE(work.valid());
}

TEST_F(tasks, take_along_everything_they_await_when_cancelled) {
  event on;
  std::string log;
  task<> work = nested_holding(on, log, 5);
  work.start(ended_);
  EXPECT_EQ(counted::alive, 7);
  EXPECT_EQ(host_.frames_used(), 7U);
  work.reset();
  EXPECT_EQ(counted::alive, 0);
  EXPECT_EQ(host_.frames_used(), 0U);
  on.notify();
  host_.run();
  EXPECT_EQ(log, "21");
  EXPECT_EQ(ended_.times, 0);
}

TEST_F(tasks, leave_no_timer_behind_when_cancelled) {
  auto doze = []() -> task<> { co_await sleep(1s); };
  task<> work = doze();
  work.start(ended_);
  EXPECT_EQ(host_.run(), time_point(1s));
  work.reset();
  EXPECT_EQ(host_.run(), std::nullopt);
}

TEST_F(tasks, may_be_cancelled_while_they_are_queued_to_go_on) {
  event on;
  std::string log;
  task<> work = holding(on, log);
  work.start(ended_);
  on.notify();
  work.reset();
  host_.run();
  EXPECT_EQ(log, "21");
}

TEST_F(tasks, may_be_cancelled_between_the_end_of_an_inner_one_and_their_turn) {
  event on;
  std::string log;
  task<> work = nested_holding(on, log, 1);
  work.start(ended_);
  on.notify();
  ASSERT_EQ(log, "");
  (void)host_.loop().poll(time_point());
  EXPECT_EQ(log, "w21");
  EXPECT_TRUE(work.done());

  task<> again = nested_holding(on, log, 1);
  again.start(ended_);
  on.notify();
  // one round alone: the innermost has ended, those who await it are still queued
  struct cancel : job {
    explicit cancel(task<>& of) : job(&cancel::run_), work(&of) {}
    static void run_(job& self) noexcept { static_cast<cancel&>(self).work->reset(); }
    task<>* work;
  } stop(again);
  host_.loop().push(stop);
  host_.run();
  EXPECT_EQ(log, "w21w21");
  EXPECT_EQ(host_.frames_used(), 1U);  // the first, which is done
}

TEST_F(tasks, move_and_leave_nothing_behind) {
  task<int> first = number(1);
  task<int> second = std::move(first);
  EXPECT_FALSE(first.valid());  // NOLINT(bugprone-use-after-move): what it promises
  EXPECT_TRUE(first.done());
  EXPECT_TRUE(second.valid());
  EXPECT_TRUE(run(std::move(second)).ok());
}

TEST_F(tasks, cancel_what_an_assignment_replaces) {
  event on;
  std::string log;
  task<> work = holding(on, log);
  work.start(ended_);
  int seen = 0;
  work = set(seen, 1);
  EXPECT_EQ(log, "21");
  EXPECT_EQ(host_.frames_used(), 1U);
  task<>& same = work;
  work = std::move(same);
  EXPECT_TRUE(work.valid());
}

TEST_F(tasks, yield_each_value_only_to_one_taker) {
  auto owning = []() -> task<counted> { co_return counted(7); };
  task<counted> work = owning();
  work.start(ended_);
  const result<counted> got = work.take();
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->value, 7);
}

TEST_F(tasks, run_side_by_side_on_one_thread) {
  std::string log;
  auto count = [](std::string& to, char name) -> task<> {
    for (int i = 0; i < 3; ++i) {
      to += name;
      co_await sleep(1ms);
    }
  };
  task<> a = count(log, 'a');
  task<> b = count(log, 'b');
  a.start(ended_);
  b.start(ended_);
  host_.run_for(10ms);
  EXPECT_EQ(log, "ababab");
  EXPECT_TRUE(a.done() && b.done());
}

}  // namespace
}  // namespace musubi
