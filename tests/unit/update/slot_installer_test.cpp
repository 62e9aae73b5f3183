#include "unit/async/virtual_host.hpp"
#include "unit/update/a_device.hpp"

#include <musubi/async/task_group.hpp>
#include <musubi/update/slot_installer.hpp>

namespace musubi::update::test {
namespace {

using namespace std::chrono_literals;

int restarts = 0;
bool works = true;

class slot_installers : public a_device {
 protected:
  slot_installers() {
    restarts = 0;
    works = true;
    options_.layout = layout;
    options_.terms = terms_;
    options_.trial.within = 60s;
    options_.trial.healthy = [] { return works; };
    options_.restart = [] { ++restarts; };
  }
  ~slot_installers() override { group_.reset(); }

  /// The device starts: the first stage, then its program.
  void boot() {
    const auto chosen = restart();
    ASSERT_TRUE(chosen.has_value());
    group_.emplace();
    installer_.emplace(flash_, options_);
    ASSERT_TRUE(installer_->start(chosen->slot).ok());
    ASSERT_TRUE(group_->spawn(installer_->supervise()).ok());
  }
  void send(const std::vector<std::byte>& image) {
    ASSERT_TRUE(installer_->open(image.size()).ok());
    ASSERT_EQ(installer_->write(image), upload_step::done);
    ASSERT_EQ(installer_->finish(), upload_step::done);
    installer_->release();
  }
  [[nodiscard]] update_state seen() { return installer_->state().get(); }

  slot_options options_;
  musubi::test::virtual_host host_;
  std::optional<slot_installer> installer_;
  std::optional<task_group> group_;
};

TEST_F(slot_installers, show_what_runs) {
  boot();
  EXPECT_EQ(seen().build, "factory");
  EXPECT_EQ(seen().version, 1U);
  EXPECT_EQ(seen().slot, "A");
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(slot_installers, show_how_much_has_arrived) {
  boot();
  ASSERT_TRUE(installer_->open(fresh_.size()).ok());
  EXPECT_EQ(seen().phase, update_phase::receiving);
  ASSERT_EQ(installer_->write(std::span(fresh_).first(fresh_.size() / 2)), upload_step::done);
  EXPECT_EQ(seen().percent, 49);
}

TEST_F(slot_installers, install_try_and_confirm_an_image) {
  boot();
  send(fresh_);
  EXPECT_EQ(seen().phase, update_phase::pending);
  ASSERT_TRUE(installer_->restart().ok());
  EXPECT_EQ(restarts, 0);  // the answer leaves first
  host_.run_for(2s);
  EXPECT_EQ(restarts, 1);
  boot();
  EXPECT_EQ(seen().build, "fresh");
  EXPECT_EQ(seen().slot, "B");
  EXPECT_EQ(seen().phase, update_phase::trial);
  EXPECT_EQ(seen().seconds_left, 60);
  host_.run_for(20s);
  EXPECT_EQ(seen().seconds_left, 40);
  ASSERT_TRUE(installer_->confirm().ok());
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().last, outcome::confirmed);
  host_.run_for(100s);
  EXPECT_EQ(restarts, 1);
  boot();
  EXPECT_EQ(seen().build, "fresh");
}

TEST_F(slot_installers, go_back_when_nobody_confirms_in_time) {
  boot();
  send(fresh_);
  boot();
  host_.run_for(59s);
  EXPECT_EQ(restarts, 0);
  host_.run_for(1s);
  EXPECT_EQ(restarts, 1);
  boot();
  EXPECT_EQ(seen().build, "factory");
  EXPECT_EQ(seen().last, outcome::rolled_back);
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(slot_installers, go_back_when_they_are_asked_to_during_a_trial) {
  boot();
  send(fresh_);
  boot();
  ASSERT_TRUE(installer_->restart().ok());
  host_.run_for(2s);
  EXPECT_EQ(restarts, 1);
  boot();
  EXPECT_EQ(seen().build, "factory");
}

TEST_F(slot_installers, confirm_by_themselves_what_is_healthy_for_long_enough) {
  options_.trial.confirm_after = 10s;
  boot();
  send(fresh_);
  boot();
  host_.run_for(5s);
  works = false;
  host_.run_for(1s);
  works = true;
  host_.run_for(9s);
  EXPECT_EQ(seen().phase, update_phase::trial);  // the ten seconds began anew
  host_.run_for(1s);
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().last, outcome::confirmed);
}

TEST_F(slot_installers, go_back_from_what_is_never_healthy) {
  options_.trial.confirm_after = 10s;
  boot();
  send(fresh_);
  boot();
  works = false;
  host_.run_for(60s);
  EXPECT_EQ(restarts, 1);
}

TEST_F(slot_installers, drop_a_pending_image_that_is_cancelled) {
  boot();
  send(fresh_);
  ASSERT_TRUE(installer_->restart().ok());
  ASSERT_TRUE(installer_->cancel().ok());
  host_.run_for(5s);
  EXPECT_EQ(restarts, 0);
  EXPECT_EQ(seen().phase, update_phase::idle);
  boot();
  EXPECT_EQ(seen().build, "factory");
}

TEST_F(slot_installers, show_and_say_why_an_image_was_refused) {
  boot();
  auto image = fresh_;
  image.back() ^= std::byte{1};
  ASSERT_TRUE(installer_->open(image.size()).ok());
  ASSERT_EQ(installer_->write(image), upload_step::done);
  EXPECT_EQ(installer_->finish(), upload_step::failed);
  EXPECT_EQ(installer_->reason(), "the image is damaged: its hash is wrong");
  installer_->release();
  EXPECT_EQ(seen().refusal, "the image is damaged: its hash is wrong");
  EXPECT_EQ(seen().phase, update_phase::idle);
  send(fresh_);
  EXPECT_EQ(seen().refusal, "");
}

TEST_F(slot_installers, forget_an_image_that_did_not_arrive_completely) {
  boot();
  ASSERT_TRUE(installer_->open(fresh_.size()).ok());
  ASSERT_EQ(installer_->write(std::span(fresh_).first(1000)), upload_step::done);
  installer_->release();
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().refusal, "the image did not arrive completely");
  send(fresh_);
}

TEST_F(slot_installers, refuse_what_makes_no_sense_now) {
  boot();
  EXPECT_EQ(installer_->confirm().reason(), "there is nothing to confirm");
  EXPECT_EQ(installer_->cancel().reason(), "no image waits for the restart");
  EXPECT_EQ(installer_->restart().reason(), "there is no other image to start");
  ASSERT_TRUE(installer_->open(fresh_.size()).ok());
  EXPECT_EQ(installer_->open(fresh_.size()).reason(), "another image is being received");
  EXPECT_EQ(seen().phase, update_phase::receiving);
}

TEST_F(slot_installers, say_that_the_flash_fails_and_keep_their_state) {
  boot();
  send(fresh_);
  flash_.worn = true;
  EXPECT_EQ(installer_->cancel().reason(), "the flash could not be written");
  EXPECT_EQ(seen().phase, update_phase::pending);
  flash_.worn = false;
  boot();
  flash_.worn = true;
  EXPECT_EQ(installer_->confirm().reason(), "the flash could not be written");
  EXPECT_EQ(seen().phase, update_phase::trial);
}

TEST_F(slot_installers, know_that_they_went_back_even_if_the_first_stage_could_not_record_it) {
  boot();
  send(fresh_);
  boot();
  flash_.worn = true;
  const auto chosen = choose_slot(flash_, layout);
  ASSERT_EQ(chosen->image.build, "factory");
  flash_.worn = false;
  slot_installer again(flash_, options_);
  ASSERT_TRUE(again.start(chosen->slot).ok());
  EXPECT_EQ(again.state().get().build, "factory");
  EXPECT_EQ(again.state().get().phase, update_phase::idle);
  EXPECT_EQ(again.state().get().last, outcome::rolled_back);
}

TEST_F(slot_installers, take_nothing_if_no_first_stage_ran) {
  std::fill_n(flash_.bytes.begin(), 0x800, std::byte{0xFF});
  slot_installer lone(flash_, options_);
  EXPECT_EQ(lone.start(0).reason(), "the flash has no record of the slots");
  EXPECT_EQ(lone.open(5000).reason(), "this program was not started from a slot");
}

}  // namespace
}  // namespace musubi::update::test
