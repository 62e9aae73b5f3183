#include "settings/keeper.hpp"

#include "machine_fixture.hpp"
#include "shared_host.hpp"

#include <memory>
#include <thread>
#include <vector>

#include <musubi/async/task_group.hpp>

namespace gateway::test {

/// Asks from coroutines; the keeper's thread is real, so the test waits for its knock.
class a_keeper : public machine {
 protected:
  void start() {
    const opened_settings opened = file_->open();
    keeper_->start(*file_, opened.values, &a_keeper::tell, this);
  }
  static void tell(void* self, const settings& changed) noexcept {
    static_cast<a_keeper*>(self)->told_.push_back(changed);
  }
  static change renaming(const gateway_name& name) {
    change wanted;
    wanted.what = change::kind::rename;
    wanted.name = name;
    return wanted;
  }
  musubi::task<> ask(change wanted) {
    auto answer = keeper_->ask(wanted);
    const musubi::status outcome = co_await answer;
    outcomes_.push_back(outcome);
  }
  void wait_for_answers(std::size_t count) {
    while (outcomes_.size() < count) {
      host_.run();
      std::this_thread::yield();
    }
  }

  musubi::test::virtual_host& host_ = shared_host();
  std::vector<settings> told_;  // by the keeper's thread
  std::vector<musubi::status> outcomes_;
  std::unique_ptr<settings_file> file_ =
      std::make_unique<settings_file>(files().path("/state/settings"));
  std::unique_ptr<settings_keeper> keeper_ = std::make_unique<settings_keeper>();
};

TEST_F(a_keeper, tells_at_once_what_the_file_says) {
  write("/state/settings", "name=Cellar\nperiod=250\n");
  start();
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0].name.view(), "Cellar");
  EXPECT_EQ(told_[0].period, 250U);
}

TEST_F(a_keeper, makes_a_change_saves_it_and_tells_it) {
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  EXPECT_TRUE(outcomes_.empty());
  wait_for_answers(1);
  keeper_->stop();
  EXPECT_TRUE(outcomes_[0]);
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].name.view(), "Attic");
  file_.reset();
  EXPECT_EQ(settings_file(files().path("/state/settings")).open().values.name.view(), "Attic");
}

TEST_F(a_keeper, refuses_what_cannot_be_and_tells_nobody) {
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming(" "))));
  wait_for_answers(1);
  keeper_->stop();
  EXPECT_EQ(outcomes_[0].field(), "name");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(a_keeper, changes_nothing_that_it_cannot_save) {
  write("/state", "a file where a folder should be");
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  wait_for_answers(1);
  keeper_->stop();
  EXPECT_EQ(outcomes_[0].reason(),
            "the path of the settings file leads through something that is no folder");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(a_keeper, makes_changes_in_the_order_in_which_they_were_asked_for) {
  start();
  musubi::task_group group;
  for (const char* name : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
    ASSERT_TRUE(group.spawn(ask(renaming(*gateway_name::from(name)))));
  }
  wait_for_answers(8);
  keeper_->stop();
  ASSERT_EQ(told_.size(), 9U);
  for (std::size_t i = 1; i < told_.size(); ++i) {
    EXPECT_EQ(told_[i].name.view(), std::to_string(i));
  }
}

TEST_F(a_keeper, refuses_more_than_it_has_room_for_and_goes_on_with_the_others) {
  // Before it starts, nothing is taken out of the queue.
  musubi::task_group group;
  for (int i = 0; i < 16; ++i) ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  ASSERT_TRUE(outcomes_.empty());
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  ASSERT_EQ(outcomes_.size(), 1U);
  EXPECT_EQ(outcomes_[0].reason(), "too many changes at once");
  start();
  wait_for_answers(17);
  keeper_->stop();
  for (std::size_t i = 1; i < outcomes_.size(); ++i) EXPECT_TRUE(outcomes_[i]);
}

TEST_F(a_keeper, makes_the_change_of_somebody_who_has_left) {
  {
    musubi::task_group group;
    ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  }
  start();
  keeper_->stop();
  host_.run();
  EXPECT_TRUE(outcomes_.empty());
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].name.view(), "Attic");
}

TEST_F(a_keeper, does_not_answer_somebody_who_left_while_the_answer_was_on_its_way) {
  start();
  {
    musubi::task_group group;
    ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
    keeper_->stop();  // the answer is at the host's door now
  }
  host_.run();
  EXPECT_TRUE(outcomes_.empty());
  EXPECT_EQ(told_.size(), 2U);
}

}  // namespace gateway::test
