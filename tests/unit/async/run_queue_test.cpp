#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/run_queue.hpp>

namespace musubi {
namespace {

// Notes that it ran, and does what a test asks.
struct noting : job {
  noting(std::string& log, char as, std::function<void()> then = {})
      : job(&noting::note), log_(&log), name_(as), then_(std::move(then)) {}

 private:
  static void note(job& self) noexcept {
    auto& me = static_cast<noting&>(self);
    *me.log_ += me.name_;
    if (me.then_) me.then_();
  }
  std::string* log_;
  char name_;
  std::function<void()> then_;
};

class run_queues : public ::testing::Test {
 protected:
  std::string log_;
  run_queue queue_;
};

TEST_F(run_queues, run_what_came_first_first) {
  noting a(log_, 'a');
  noting b(log_, 'b');
  noting c(log_, 'c');
  queue_.push(b);
  queue_.push(a);
  queue_.push(c);
  EXPECT_FALSE(queue_.empty());
  queue_.run_round();
  EXPECT_EQ(log_, "bac");
  EXPECT_TRUE(queue_.empty());
}

TEST_F(run_queues, run_a_job_once_however_often_it_was_queued) {
  noting a(log_, 'a');
  queue_.push(a);
  queue_.push(a);
  queue_.run_round();
  queue_.run_round();
  EXPECT_EQ(log_, "a");
}

TEST_F(run_queues, call_a_function_of_who_owns_the_job) {
  class owner {
   public:
    explicit owner(run_queue& queue) { queue.push(due_); }
    int calls = 0;

   private:
    void due() noexcept { ++calls; }
    member_job<&owner::due> due_{*this};
  };
  owner once(queue_);
  { owner gone(queue_); }
  queue_.run_round();
  EXPECT_EQ(once.calls, 1);
}

TEST_F(run_queues, leave_what_a_round_queues_to_the_next_round) {
  noting greedy(log_, 'g', [&] { queue_.push(greedy); });
  noting modest(log_, 'm');
  queue_.push(greedy);
  queue_.push(modest);
  queue_.run_round();
  EXPECT_EQ(log_, "gm");
  queue_.run_round();
  EXPECT_EQ(log_, "gmg");
  EXPECT_FALSE(queue_.empty());
}

TEST_F(run_queues, give_every_job_its_turn_while_some_queue_themselves_forever) {
  noting a(log_, 'a', [&] { queue_.push(a); });
  noting b(log_, 'b', [&] { queue_.push(b); });
  noting c(log_, 'c', [&] { queue_.push(c); });
  queue_.push(a);
  queue_.push(b);
  queue_.push(c);
  for (int round = 0; round < 3; ++round) queue_.run_round();
  EXPECT_EQ(log_, "abcabcabc");
}

TEST_F(run_queues, forget_a_job_that_is_destroyed) {
  std::optional<noting> a(std::in_place, log_, 'a');
  noting b(log_, 'b');
  queue_.push(*a);
  queue_.push(b);
  a.reset();
  queue_.run_round();
  EXPECT_EQ(log_, "b");
}

TEST_F(run_queues, forget_a_job_that_another_one_of_the_round_destroys) {
  std::optional<noting> victim(std::in_place, log_, 'v');
  noting killer(log_, 'k', [&] { victim.reset(); });
  noting last(log_, 'l');
  queue_.push(killer);
  queue_.push(*victim);
  queue_.push(last);
  queue_.run_round();
  EXPECT_EQ(log_, "kl");
}

TEST_F(run_queues, let_a_job_destroy_itself) {
  std::optional<noting> suicide;
  suicide.emplace(log_, 's', [&] { log_ += '!'; });
  struct owner : job {
    explicit owner(std::optional<noting>& of) : job(&owner::run_), owned(&of) {}
    static void run_(job& self) noexcept { static_cast<owner&>(self).owned->reset(); }
    std::optional<noting>* owned;
  } end(suicide);
  queue_.push(*suicide);
  queue_.push(end);
  queue_.run_round();
  EXPECT_EQ(log_, "s!");
  EXPECT_TRUE(queue_.empty());
}

TEST_F(run_queues, let_their_jobs_go_when_destroyed) {
  noting a(log_, 'a');
  {
    run_queue other;
    other.push(a);
    EXPECT_TRUE(a.linked());
  }
  EXPECT_FALSE(a.linked());
  EXPECT_EQ(log_, "");
}

}  // namespace
}  // namespace musubi
