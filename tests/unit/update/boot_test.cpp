#include "unit/update/a_device.hpp"

namespace musubi::update::test {
namespace {

class the_first_stage : public a_device {
 protected:
  std::string started() {
    const auto chosen = restart();
    return chosen ? std::string(chosen->image.build.view()) : "nothing";
  }
  void damage(std::uint8_t slot) { flash_.bytes[layout.slots[slot] + 300] ^= std::byte{1}; }
};

TEST_F(the_first_stage, starts_what_production_left) {
  EXPECT_EQ(started(), "factory");
  EXPECT_EQ(records_->state().other, candidate::none);
}

TEST_F(the_first_stage, finds_what_production_left_in_the_second_slot) {
  std::fill(flash_.bytes.begin(), flash_.bytes.end(), std::byte{0xFF});
  std::copy(fresh_.begin(), fresh_.end(), flash_.bytes.begin() + layout.slots[1]);
  EXPECT_EQ(started(), "fresh");
  EXPECT_EQ(records_->state().confirmed, 1);
}

TEST_F(the_first_stage, starts_nothing_where_nothing_is_whole) {
  damage(0);
  EXPECT_FALSE(choose_slot(flash_, layout).has_value());
}

TEST_F(the_first_stage, tries_a_pending_image_once) {
  ASSERT_EQ(receive(fresh_), "");
  EXPECT_EQ(started(), "fresh");
  EXPECT_EQ(records_->state().other, candidate::tried);
  EXPECT_EQ(running(), "fresh");
  EXPECT_EQ(started(), "factory");
  EXPECT_EQ(records_->state().last, outcome::rolled_back);
  EXPECT_EQ(started(), "factory");
}

TEST_F(the_first_stage, keeps_a_confirmed_image) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  ASSERT_TRUE(confirm());
  EXPECT_EQ(started(), "fresh");
  EXPECT_EQ(started(), "fresh");
  EXPECT_EQ(records_->state().last, outcome::confirmed);
}

TEST_F(the_first_stage, does_not_try_a_pending_image_that_was_damaged_since) {
  ASSERT_EQ(receive(fresh_), "");
  damage(1);
  EXPECT_EQ(started(), "factory");
  EXPECT_EQ(records_->state().last, outcome::damaged);
}

TEST_F(the_first_stage, does_not_try_what_it_cannot_record_as_tried) {
  ASSERT_EQ(receive(fresh_), "");
  flash_.worn = true;
  EXPECT_EQ(started(), "factory");
  flash_.worn = false;
  EXPECT_EQ(started(), "fresh");
}

TEST_F(the_first_stage, takes_the_other_image_when_the_confirmed_one_has_decayed) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  ASSERT_TRUE(confirm());
  damage(1);
  EXPECT_EQ(started(), "factory");
  EXPECT_EQ(started(), "factory");
  EXPECT_EQ(records_->state().confirmed, 0);
}

TEST_F(the_first_stage, survives_the_loss_of_the_newer_record) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  ASSERT_TRUE(confirm());  // records: tried, confirmed
  for (const std::uint32_t at : layout.records) {
    const auto kept = flash_.bytes;
    flash_.bytes[at + 9] ^= std::byte{1};
    EXPECT_NE(started(), "nothing");
    flash_.bytes = kept;
  }
}

}  // namespace
}  // namespace musubi::update::test
