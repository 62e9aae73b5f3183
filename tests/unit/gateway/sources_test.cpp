#include "sampling/sources.hpp"

#include "shared_host.hpp"

#include <gtest/gtest.h>
#include <optional>

#include <musubi/async/task_group.hpp>

namespace gateway::test {

using namespace std::chrono_literals;

/// Answers with how often its source was asked.
int times_a_source_was_asked[4];
struct numbered_question {
  unsigned number = 0;
  int operator()() const noexcept { return ++times_a_source_was_asked[number]; }
  friend bool operator==(const numbered_question&, const numbered_question&) noexcept = default;
};

/// Sources on a host whose threads are the test: what is not done by it hangs.
class sources_that_may_hang : public ::testing::Test {
 protected:
  sources_that_may_hang() {
    shared_work();
    for (int& each : times_a_source_was_asked) each = 0;
  }
  ~sources_that_may_hang() override {
    tasks_.reset();
    do_all();
    sources_.reset();
    EXPECT_EQ(shared_work().metrics().used, 0U);
  }
  [[nodiscard]] std::optional<int> of(unsigned number) {
    const int* const known = sources_->of({number});
    return known == nullptr ? std::nullopt : std::optional(*known);
  }
  /// One round of asking, with `works` of the threads' work done at once and the rest not at all.
  void ask(int works) {
    ASSERT_TRUE(tasks_->spawn(sources_->ask()));
    shared_host().run();
    for (; works > 0 && shared_work().run_next(); --works) shared_host().run();
    shared_host().run_for(4 * all::quick);
    EXPECT_TRUE(tasks_->empty());
  }

  using all = sources<numbered_question, 4>;
  std::optional<all> sources_{std::in_place};
  std::optional<musubi::task_group> tasks_{std::in_place};
};

TEST_F(sources_that_may_hang, are_unknown_until_they_have_answered) {
  EXPECT_FALSE(of(0));
  ask(1);
  EXPECT_EQ(of(0), 1);
}

TEST_F(sources_that_may_hang, keep_their_answer_while_the_next_one_is_due_but_not_for_long) {
  (void)of(0);
  ask(1);
  ask(0);
  EXPECT_EQ(of(0), 1);
  shared_host().run_for(all::patience);
  ask(0);
  EXPECT_FALSE(of(0));
  while (shared_work().run_next()) {
  }
  ask(0);
  EXPECT_EQ(of(0), 2);
}

TEST_F(sources_that_may_hang, leave_each_other_alone) {
  (void)of(0);
  (void)of(1);
  ask(2);
  EXPECT_EQ(of(1), 1);
  ask(0);  // both hang
  while (shared_work().run_next()) {
  }
  ask(0);
  EXPECT_EQ(of(0), 2);
  EXPECT_EQ(of(1), 2);
}

TEST_F(sources_that_may_hang, are_asked_after_the_quick_ones_once_they_were_slow) {
  (void)of(0);
  ask(0);  // it is slow
  while (shared_work().run_next()) {
  }
  ask(0);
  EXPECT_EQ(of(0), 1);
  (void)of(1);
  ask(1);  // the work that comes first is done: that of the quick one
  EXPECT_EQ(times_a_source_was_asked[1], 1);
  EXPECT_EQ(times_a_source_was_asked[0], 1);
  EXPECT_EQ(of(1), 1);
}

TEST_F(sources_that_may_hang, take_turns_when_more_of_them_are_slow_than_may_hang) {
  for (unsigned i = 0; i < 4; ++i) (void)of(i);
  for (int rounds = 0; rounds < 6; ++rounds) {
    ask(0);
    while (shared_work().run_next()) {
    }
  }
  ask(0);
  for (const int times : times_a_source_was_asked) EXPECT_GE(times, 1);
}

}  // namespace gateway::test
