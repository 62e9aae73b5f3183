// Power that fails in the nth erase or program, for every n: what starts then is whole.
#include "unit/update/a_device.hpp"

#include <functional>

namespace musubi::update::test {
namespace {

class power_loss : public a_device {
 protected:
  /// Runs `act` on the flash as it is now, with the power failing in each of its operations in each
  /// way, and `then` after each restart. Returns the number of operations.
  std::size_t everywhere(const std::function<void()>& act,
                         const std::function<void(const boot_choice&)>& then) {
    const auto before = flash_.bytes;
    std::size_t nth = 1;
    for (bool failed = true; failed; ++nth) {
      failed = false;
      for (const cut how : {cut::before, cut::half, cut::after}) {
        SCOPED_TRACE("operation " + std::to_string(nth) + ", way " +
                     std::to_string(static_cast<int>(how)));
        flash_.restore();
        flash_.bytes = before;
        EXPECT_TRUE(records_->load());
        updater_->abandon();
        flash_.fail_in(nth, how);
        act();
        if (!flash_.dead()) break;
        failed = true;
        const auto chosen = restart();
        if (!chosen) {
          ADD_FAILURE() << "nothing starts";
          continue;
        }
        then(*chosen);
      }
    }
    flash_.restore();
    return nth - 2;
  }
  /// Whether an image can still be installed, tried and confirmed.
  void expect_update_works() {
    const auto next = maker().image(500, 9, "next");
    const boot_state now = records_->state();
    if (now.other == candidate::tried) {
      EXPECT_TRUE(confirm());
    }
    EXPECT_EQ(receive(next), "");
    EXPECT_EQ(restart()->image.build, "next");
    EXPECT_TRUE(confirm());
    EXPECT_EQ(restart()->image.build, "next");
  }
};

TEST_F(power_loss, while_an_image_is_received_leaves_the_old_one_or_a_whole_new_one) {
  std::size_t fresh = 0;
  const std::size_t operations =
      everywhere([&] { (void)receive(fresh_); },
                 [&](const boot_choice& chosen) {
                   if (chosen.image.build == "fresh") {
                     ++fresh;
                     EXPECT_EQ(restart()->image.build, "factory");  // it was not confirmed
                   }
                   EXPECT_EQ(running(), "factory");
                   expect_update_works();
                 });
  EXPECT_EQ(operations, 5U + 18 + 2);  // sectors, pages, the record
  EXPECT_EQ(fresh, 1U);                // when only the answer was lost
}

TEST_F(power_loss, while_the_first_stage_records_a_trial_starts_a_whole_image) {
  ASSERT_EQ(receive(fresh_), "");
  const std::size_t operations =
      everywhere([&] { (void)choose_slot(flash_, layout); },
                 [&](const boot_choice& chosen) {
                   if (chosen.image.build != "fresh") {
                     EXPECT_EQ(records_->state().last, outcome::rolled_back);
                   }
                   EXPECT_EQ(whole_image(flash_, layout, 0)->build, "factory");
                   if (chosen.image.build == "factory") expect_update_works();
                 });
  EXPECT_EQ(operations, 2U);
}

TEST_F(power_loss, while_an_image_is_confirmed_keeps_one_of_both) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  const std::size_t operations = everywhere([&] { (void)confirm(); },
                                            [&](const boot_choice& chosen) {
                                              EXPECT_EQ(running(), chosen.image.build);
                                              expect_update_works();
                                            });
  EXPECT_EQ(operations, 2U);
}

TEST_F(power_loss, while_the_first_stage_rolls_back_starts_the_old_image) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  const std::size_t operations =
      everywhere([&] { (void)choose_slot(flash_, layout); },
                 [&](const boot_choice& chosen) {
                   EXPECT_EQ(chosen.image.build, "factory");
                   EXPECT_EQ(records_->state().last, outcome::rolled_back);
                   expect_update_works();
                 });
  EXPECT_EQ(operations, 2U);
}

TEST_F(power_loss, at_the_very_first_start_changes_nothing) {
  std::fill_n(flash_.bytes.begin(), 0x800, std::byte{0xFF});  // no records
  records_.emplace(flash_, layout);
  const auto blank = flash_.bytes;
  for (std::size_t nth = 1; nth <= 2; ++nth) {
    for (const cut how : {cut::before, cut::half, cut::after}) {
      flash_.restore();
      flash_.bytes = blank;
      flash_.fail_in(nth, how);
      (void)choose_slot(flash_, layout);
      EXPECT_EQ(restart()->image.build, "factory");
    }
  }
}

TEST_F(power_loss, while_the_second_update_is_received_leaves_the_first_confirmed_one) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  ASSERT_TRUE(confirm());
  const auto third = maker().image(2500, 3, "third");
  everywhere([&] { (void)receive(third); },
             [&](const boot_choice& chosen) {
               if (chosen.image.build == "third") restart();
               EXPECT_EQ(running(), "fresh");
             });
}

}  // namespace
}  // namespace musubi::update::test
