#include "unit/update/a_device.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>

#include <musubi/access/role.hpp>
#include <musubi/async/task_group.hpp>
#include <musubi/testkit/mounted.hpp>
#include <musubi/update/firmware_update.hpp>
#include <musubi/update/slot_installer.hpp>

namespace musubi::update::test {
namespace {

using namespace std::chrono_literals;

a_flash chip;
int restarted = 0;
slot_installer updates(chip, {});

using store = firmware_update<updates>;
using page_of_updates = testkit::mounted<store>;

/// Only who administers the device may replace its firmware.
struct updates_for_admins : firmware_update<updates> {
  static constexpr auto needs = access::role::admin;
};

class a_firmware_update : public a_device {
 protected:
  a_firmware_update() {
    restarted = 0;
    chip = flash_;
    boot();
  }
  /// The device starts; its pages are gone.
  void boot() {
    const auto chosen = choose_slot(chip, layout);
    slot_options options;
    options.layout = layout;
    options.terms = terms_;
    options.trial.within = 60s;
    options.restart = [] { ++restarted; };
    std::destroy_at(&updates);
    std::construct_at(&updates, chip, options);
    ASSERT_TRUE(updates.start(chosen->slot).ok());
  }
  static testkit::sent_file send(page_of_updates& page, const std::vector<std::byte>& image) {
    return page.send_file<store::Image>(
        "lamp.mufw", {reinterpret_cast<const char*>(image.data()), image.size()});
  }
};

TEST_F(a_firmware_update, is_sent_by_a_browser_and_waits_for_the_restart) {
  page_of_updates page;
  EXPECT_EQ(page.state().build, "factory");
  EXPECT_EQ(send(page, fresh_).problem, "");
  EXPECT_EQ(page.state().phase, update_phase::pending);
  EXPECT_EQ(page.state().percent, 100);
  EXPECT_EQ(whole_image(chip, layout, 1)->build, "fresh");
}

TEST_F(a_firmware_update, shows_every_browser_how_far_it_is) {
  page_of_updates page;
  page_of_updates other;
  EXPECT_EQ(send(page, fresh_).problem, "");
  other.run();
  EXPECT_EQ(other.state().phase, update_phase::pending);
  EXPECT_EQ(other.state().percent, 100);
}

TEST_F(a_firmware_update, says_at_the_upload_and_in_the_state_why_it_was_refused) {
  page_of_updates page;
  a_maker thief(5);
  EXPECT_EQ(send(page, thief.image(3000, 2, "stolen")).problem, "write failed");
  EXPECT_EQ(page.state().refusal, "the signature of the image is wrong");
  std::string all;
  for (const std::string& each : page.take_envelopes()) all += each;
  EXPECT_NE(
      all.find(R"("error":{"code":"internal","message":"the signature of the image is wrong"})"),
      std::string::npos);
}

TEST_F(a_firmware_update, is_refused_before_its_first_byte_if_it_is_too_large) {
  page_of_updates page;
  EXPECT_EQ(send(page, std::vector<std::byte>(layout.slot_bytes + 1)).problem, "write failed");
  EXPECT_EQ(page.state().refusal, "the image is larger than a slot");
}

TEST_F(a_firmware_update, may_follow_one_that_was_refused_or_cancelled) {
  page_of_updates page;
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(send(page, std::vector<std::byte>(5000)).problem, "write failed");
  EXPECT_EQ(send(page, fresh_).problem, "");
  EXPECT_TRUE(page.dispatch(store::Cancel{}).ok);
  EXPECT_EQ(page.state().phase, update_phase::idle);
  EXPECT_EQ(send(page, fresh_).problem, "");
  EXPECT_EQ(page.state().phase, update_phase::pending);
}

TEST_F(a_firmware_update, goes_from_the_file_to_a_confirmed_image) {
  {
    page_of_updates page;
    task_group group;
    ASSERT_TRUE(group.spawn(updates.supervise()).ok());
    EXPECT_EQ(send(page, fresh_).problem, "");
    EXPECT_TRUE(page.dispatch(store::Restart{}).ok);
    page.advance(1s);
    EXPECT_EQ(restarted, 0);  // the answer leaves first
    page.advance(1s);
    EXPECT_EQ(restarted, 1);
  }
  boot();
  page_of_updates page;
  EXPECT_EQ(page.state().build, "fresh");
  EXPECT_EQ(page.state().phase, update_phase::trial);
  EXPECT_EQ(page.state().seconds_left, 60);
  EXPECT_TRUE(page.dispatch(store::Confirm{}).ok);
  EXPECT_EQ(page.state().phase, update_phase::idle);
  EXPECT_EQ(page.state().last, outcome::confirmed);
  EXPECT_EQ(page.state().slot, "B");
}

TEST_F(a_firmware_update, has_its_commands_refused_when_there_is_none) {
  page_of_updates page;
  EXPECT_EQ(page.dispatch(store::Confirm{}).reason(), "there is nothing to confirm");
  EXPECT_EQ(page.dispatch(store::Cancel{}).reason(), "no image waits for the restart");
  EXPECT_EQ(page.dispatch(store::Restart{}).reason(), "there is no other image to start");
}

TEST_F(a_firmware_update, may_need_a_role) {
  testkit::mounted<updates_for_admins> page;  // of nobody
  EXPECT_EQ(page.dispatch(store::Restart{}).reason(), "forbidden");
  const auto sent = page.send_file<store::Image>(
      "lamp.mufw", {reinterpret_cast<const char*>(fresh_.data()), fresh_.size()});
  EXPECT_EQ(sent.problem, "forbidden");
  EXPECT_EQ(page.state().phase, update_phase::idle);
}

TEST_F(a_firmware_update, is_for_one_browser_at_a_time) {
  page_of_updates page;
  ASSERT_TRUE(updates.open(fresh_.size()).ok());  // by another browser
  ASSERT_EQ(updates.write(std::span(fresh_).first(1000)), upload_step::done);
  EXPECT_EQ(send(page, fresh_).problem, "write failed");
  EXPECT_EQ(page.state().phase, update_phase::receiving);
  updates.release();
}

}  // namespace
}  // namespace musubi::update::test
