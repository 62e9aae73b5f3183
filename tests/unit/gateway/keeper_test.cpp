#include "settings/keeper.hpp"

#include "machine_fixture.hpp"
#include "shared_host.hpp"

#include <memory>
#include <optional>
#include <vector>

#include <musubi/async/task_group.hpp>

namespace gateway::test {

using namespace std::chrono_literals;

/// Asks from coroutines; the changes are made when the test says so.
class a_keeper : public machine {
 protected:
  a_keeper() { shared_work(); }
  ~a_keeper() override { EXPECT_EQ(shared_work().metrics().used, 0U); }
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
  musubi::task<> ask(change wanted) { outcomes_.push_back(co_await keeper_->ask(wanted)); }

  std::vector<settings> told_;
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
  shared_host().run();
  EXPECT_TRUE(outcomes_.empty());
  do_all();
  EXPECT_TRUE(outcomes_[0]);
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].name.view(), "Attic");
  file_.reset();
  EXPECT_EQ(settings_file(files().path("/state/settings")).open().values.name.view(), "Attic");
}

TEST_F(a_keeper, refuses_an_invalid_change_and_notifies_nobody) {
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming(" "))));
  do_all();
  EXPECT_EQ(outcomes_[0].field(), "name");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(a_keeper, changes_nothing_that_it_cannot_save) {
  write("/state", "a file where a folder should be");
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  do_all();
  EXPECT_EQ(outcomes_[0].reason(), "a part of the path of the settings file is not a folder");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(a_keeper, makes_changes_in_the_order_in_which_they_were_asked_for) {
  start();
  musubi::task_group group;
  for (const char* name : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
    ASSERT_TRUE(group.spawn(ask(renaming(*gateway_name::from(name)))));
  }
  do_all();
  ASSERT_EQ(told_.size(), 9U);
  for (std::size_t i = 1; i < told_.size(); ++i) {
    EXPECT_EQ(told_[i].name.view(), std::to_string(i));
  }
}

TEST_F(a_keeper, refuses_more_than_it_has_room_for_and_goes_on_with_the_others) {
  start();
  musubi::task_group group;
  for (int i = 0; i < settings_keeper::most; ++i) {
    ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  }
  ASSERT_TRUE(outcomes_.empty());
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  shared_host().run();
  ASSERT_EQ(outcomes_.size(), 1U);
  EXPECT_EQ(outcomes_[0].reason(), "too many changes at once");
  do_all();
  ASSERT_EQ(outcomes_.size(), 17U);
  for (std::size_t i = 1; i < outcomes_.size(); ++i) EXPECT_TRUE(outcomes_[i]);
  ASSERT_TRUE(group.spawn(ask(renaming("Cellar"))));
  do_all();
  EXPECT_TRUE(outcomes_.back());
}

TEST_F(a_keeper, makes_the_change_of_somebody_who_has_left) {
  start();
  {
    musubi::task_group group;
    ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  }
  EXPECT_EQ(told_.size(), 1U);
  do_all();
  EXPECT_TRUE(outcomes_.empty());
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].name.view(), "Attic");
}

TEST_F(a_keeper, does_not_answer_somebody_who_left_while_the_answer_was_on_its_way) {
  start();
  {
    musubi::task_group group;
    ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
    EXPECT_TRUE(shared_work().run_next());  // the answer is at the host's door now
  }
  do_all();
  EXPECT_TRUE(outcomes_.empty());
  EXPECT_EQ(told_.size(), 2U);
}

TEST_F(a_keeper, says_so_in_time_when_the_disk_hangs_and_makes_the_change_when_it_does_not) {
  start();
  musubi::task_group group;
  ASSERT_TRUE(group.spawn(ask(renaming("Attic"))));
  shared_host().run_for(4s);  // less than a handler may take
  ASSERT_EQ(outcomes_.size(), 1U);
  EXPECT_EQ(outcomes_[0].code(), musubi::errc::refused);
  EXPECT_EQ(outcomes_[0].reason(), "the disk does not answer; the change may still be made");
  EXPECT_EQ(told_.size(), 1U);
  do_all();
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].name.view(), "Attic");
}

}  // namespace gateway::test
