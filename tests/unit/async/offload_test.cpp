#include "support/counting_allocator.hpp"
#include "support/offloading_host.hpp"

#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <musubi/hosted/internal/work_queue.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;

/// Counts those that are alive.
struct lodger {
  explicit lodger(int& count) : count_(&count) { ++*count_; }
  lodger(lodger&& other) noexcept : count_(other.count_) { ++*count_; }
  lodger& operator=(lodger&&) = delete;
  ~lodger() { --*count_; }
  int* count_;
};

/// A host whose pool has no threads: the test is the thread.
class offloading : public test::offloading_host {
 protected:
  offloading() { host_.loop().employ(queue_); }
  ~offloading() override {
    group_.reset();
    EXPECT_EQ(queue_.metrics().used, 0U) << "slots are leaked";
  }

  void do_all() {
    while (queue_.run_next()) {
    }
    host_.run();
  }

  hosted::work_queue queue_{4};
  std::unique_ptr<offloaded<status>> work_of_second_;
};

TEST_F(offloading, answers_on_the_host_with_what_the_work_answered) {
  start([] { return offload({}, [] { return 42; }); });
  host_.run();
  EXPECT_TRUE(answers_.empty());
  EXPECT_TRUE(queue_.run_next());
  EXPECT_TRUE(answers_.empty());
  EXPECT_EQ(host_.wakes(), 1);
  host_.run();
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(*answers_[0], 42);
}

TEST_F(offloading, begins_before_it_is_awaited) {
  auto work = offload({}, [] { return 1; });
  EXPECT_TRUE(work.is_under_way());
  EXPECT_TRUE(queue_.run_next());
  host_.run();
  EXPECT_FALSE(work.is_under_way());
}

TEST_F(offloading, answers_a_status_for_work_that_answers_one_or_nothing) {
  std::vector<status> answers;
  const auto both = [](std::vector<status>& into) -> task<> {
    into.push_back(co_await offload({}, [] {}));
    into.push_back(co_await offload({}, [] { return refuse("the disk is full"); }));
  };
  ASSERT_TRUE(group_->spawn(both(answers)).ok());
  do_all();
  do_all();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_TRUE(answers[0].ok());
  EXPECT_EQ(answers[1].reason(), "the disk is full");
}

TEST_F(offloading, hands_on_the_error_of_a_result) {
  start([] { return offload({}, []() -> result<int> { return refuse("no such file"); }); });
  do_all();
  EXPECT_EQ(answers_.at(0).error().reason(), "no such file");
}

TEST_F(offloading, moves_work_and_answers_that_cannot_be_copied) {
  std::optional<std::unique_ptr<int>> got;
  const auto moving = [](std::optional<std::unique_ptr<int>>& into) -> task<> {
    auto work =
        offload({}, [kept = std::make_unique<int>(7)]() mutable { return std::move(kept); });
    auto answer = co_await work;
    if (answer.ok()) into = std::move(*answer);
  };
  ASSERT_TRUE(group_->spawn(moving(got)).ok());
  do_all();
  ASSERT_TRUE(got);
  EXPECT_EQ(**got, 7);
}

TEST_F(offloading, says_so_where_the_port_has_no_threads) {
  test::virtual_host bare;
  start([] { return offload({}, [] { return 1; }); });
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].error().code(), errc::failed);
  EXPECT_EQ(answers_[0].error().reason(), "this port has no threads for blocking work");
  group_.reset();
}

TEST_F(offloading, names_the_limit_when_every_slot_is_taken) {
  for (int i = 0; i < 5; ++i) start([i] { return offload({}, [i] { return i; }); });
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].error().code(), errc::exhausted);
  EXPECT_EQ(answers_[0].error().reason(), "offload_slots");
  EXPECT_EQ(queue_.metrics().failures, 1U);
  do_all();
  ASSERT_EQ(answers_.size(), 5U);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(*answers_[static_cast<std::size_t>(i) + 1], i);
}

TEST_F(offloading, says_that_time_is_up_and_drops_work_that_has_not_begun) {
  int alive = 0;
  start([&] { return offload({.within = 2s}, [here = lodger(alive)] { return *here.count_; }); });
  host_.run_for(1999ms);
  EXPECT_TRUE(answers_.empty());
  host_.run_for(1ms);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].error().code(), errc::refused);
  EXPECT_EQ(answers_[0].error().reason(), "the work did not finish in time");
  EXPECT_EQ(alive, 0);
  EXPECT_FALSE(queue_.run_next());
}

TEST_F(offloading, lets_work_that_runs_outlive_its_deadline_and_its_asker) {
  int alive = 0;
  bool done = false;
  start([&] {
    return offload({.within = 2s}, [&, here = lodger(alive)] {
      host_.run_for(2s);  // the clock of whoever waits goes on meanwhile
      EXPECT_EQ(answers_.size(), 1U);
      EXPECT_EQ(queue_.metrics().used, 1U);
      done = true;
      return *here.count_;
    });
  });
  do_all();
  EXPECT_TRUE(done);
  EXPECT_FALSE(answers_.at(0).ok());
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(queue_.metrics().used, 0U);
}

TEST_F(offloading, may_be_awaited_again_after_its_time_was_up) {
  std::vector<result<int>> answers;
  const auto patient = [](std::vector<result<int>>& into) -> task<> {
    auto work = offload({.within = 1s}, [] { return 5; });
    into.push_back(co_await work);
    EXPECT_TRUE(work.is_under_way());
    into.push_back(co_await work.answer_within(1min));
    EXPECT_FALSE(work.is_under_way());
    into.push_back(co_await work);
  };
  ASSERT_TRUE(group_->spawn(patient(answers)).ok());
  host_.run_for(30s);
  ASSERT_EQ(answers.size(), 1U);
  do_all();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(*answers[1], 5);
  EXPECT_EQ(answers[2].error().reason(), "the result of this work was already taken");
}

TEST_F(offloading, drops_work_that_has_not_begun_when_its_asker_is_cancelled) {
  int alive = 0;
  start([&] { return offload({}, [here = lodger(alive)] { return *here.count_; }); });
  EXPECT_EQ(alive, 1);
  group_.reset();
  EXPECT_EQ(alive, 0);
  EXPECT_FALSE(queue_.run_next());
}

TEST_F(offloading, keeps_the_slot_of_work_whose_asker_is_cancelled_while_it_runs) {
  int alive = 0;
  start([&] {
    return offload({}, [&, here = lodger(alive)] {
      group_.reset();
      EXPECT_EQ(queue_.metrics().used, 1U);
      EXPECT_EQ(alive, 1);
      return *here.count_;
    });
  });
  EXPECT_TRUE(queue_.run_next());
  host_.run();
  EXPECT_TRUE(answers_.empty());
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(queue_.metrics().used, 0U);
}

TEST_F(offloading, forgets_an_answer_that_is_on_its_way_to_an_asker_who_is_cancelled) {
  start([] { return offload({}, [] { return 1; }); });
  EXPECT_TRUE(queue_.run_next());
  group_.reset();
  host_.run();
  EXPECT_TRUE(answers_.empty());
}

TEST_F(offloading, does_what_is_kept_even_when_its_asker_is_cancelled) {
  bool done = false;
  start([&] { return offload({.kept = true}, [&] { return done = true, 1; }); });
  group_.reset();
  EXPECT_FALSE(done);
  do_all();
  EXPECT_TRUE(done);
}

TEST_F(offloading, does_what_is_kept_after_the_queue_was_closed_and_nothing_else) {
  bool kept = false;
  bool other = false;
  auto first = offload({.kept = true}, [&] { kept = true; });
  auto second = offload({}, [&] { other = true; });
  queue_.close();
  do_all();
  EXPECT_TRUE(kept);
  EXPECT_FALSE(other);
  EXPECT_FALSE(offload({}, [] {}).is_under_way());
}

TEST_F(offloading, does_work_of_one_turn_one_at_a_time_in_order) {
  std::vector<int> order;
  const int file = 0;
  auto first = offload({.in_turn_with = &file}, [&] {
    order.push_back(1);
    EXPECT_TRUE(queue_.run_next());   // another thread finds the third
    EXPECT_FALSE(queue_.run_next());  // and leaves the second, which is of the same turn
    order.push_back(2);
  });
  auto second = offload({.in_turn_with = &file}, [&] { order.push_back(4); });
  auto third = offload({}, [&] { order.push_back(3); });
  do_all();
  EXPECT_EQ(order, (std::vector{1, 3, 2, 4}));
}

TEST_F(offloading, may_be_moved_before_it_is_awaited) {
  auto first = offload({}, [] { return 3; });
  start([moved = std::move(first)]() mutable { return std::move(moved); });
  do_all();
  EXPECT_EQ(*answers_.at(0), 3);
}

TEST_F(offloading, may_end_with_its_host_while_work_is_in_progress) {
  bool done = false;
  auto second = std::make_unique<test::virtual_host>();
  second->loop().employ(queue_);
  auto work = std::make_unique<offloaded<status>>(offload({}, [&] {
    // in this order, as a host does it
    work_of_second_.reset();
    second.reset();
    done = true;
  }));
  work_of_second_ = std::move(work);
  EXPECT_TRUE(queue_.run_next());
  EXPECT_TRUE(done);
  EXPECT_EQ(queue_.metrics().used, 0U);
}

TEST_F(offloading, asks_nothing_of_the_heap) {
  answers_.reserve(8);
  const test::heap_watch heap;
  for (int i = 0; i < 4; ++i) start([i] { return offload({}, [i] { return i; }); });
  do_all();
  EXPECT_EQ(answers_.size(), 4U);
  EXPECT_EQ(heap.allocations(), 0U);
}

#if defined(__cpp_exceptions)
TEST_F(offloading, answers_with_an_error_for_work_that_throws) {
  start([] { return offload({}, []() -> int { throw std::runtime_error("no"); }); });
  do_all();
  EXPECT_EQ(answers_.at(0).error().reason(), "the work threw an exception");
}
#endif

}  // namespace
}  // namespace musubi
