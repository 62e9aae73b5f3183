// The updater of a gateway, with a rauc that only says what it was asked for.
#include "unit/async/virtual_host.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <string>

#include <musubi/async/task_group.hpp>
#include <musubi/hosted/internal/work_queue.hpp>
#include <musubi/rauc/rauc_installer.hpp>

namespace musubi::rauc {
namespace {

using namespace std::chrono_literals;
using update::outcome;
using update::update_phase;

class a_gateway : public testing::Test, protected upload_sink::waiter {
 protected:
  a_gateway() {
    char name[] = "/tmp/rauc_XXXXXX";
    folder_ = mkdtemp(name);
    std::ofstream(folder_ + "/rauc") << "#!/bin/sh\ncd " << folder_ << R"(
echo "$@" >>calls
[ "$1" = install ] && cp "$2" installed
if [ "$2" = --output-format=shell ]; then
  echo "RAUC_SYSTEM_BOOTED_BOOTNAME='$(cat booted)'"
fi
[ -e fails ] || exit 0
printf 'installing\nLastError: signature verification failed\nidle\n' >&2
exit 1
)";
    std::filesystem::permissions(folder_ + "/rauc", std::filesystem::perms::owner_all);
    write("booted", "A");
    host_.loop().employ(work_);
  }
  ~a_gateway() override {
    group_.reset();
    installer_.reset();
    std::filesystem::remove_all(folder_);
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
  }
  std::string read(const std::string& name) {
    std::ifstream file(folder_ + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool has(const std::string& name) { return std::filesystem::exists(folder_ + "/" + name); }

  void start() {
    group_ = std::make_unique<task_group>();
    installer_ =
        std::make_unique<rauc_installer>(rauc_options{.build = "2026-12-01",
                                                      .version = 7,
                                                      .folder = folder_,
                                                      .most_bytes = 1000,
                                                      .trial = trial_,
                                                      .rauc = folder_ + "/rauc",
                                                      .restart = {folder_ + "/rauc", "reboot"}});
    installer_->waited_for_by(this);
    ASSERT_TRUE(group_->spawn(installer_->serve()).ok());
    ASSERT_TRUE(group_->spawn(installer_->supervise()).ok());
    do_all();
  }
  void do_all() {
    host_.run();
    while (work_.run_next()) host_.run();
  }
  /// Sends a bundle in two chunks. False if a chunk or its end was not taken.
  bool send(const std::string& bundle) {
    if (!installer_->open(bundle.size()).ok()) return false;
    const auto bytes = std::as_bytes(std::span(bundle));
    for (const auto part : {bytes.first(bytes.size() / 2), bytes.subspan(bytes.size() / 2)}) {
      if (installer_->write(part) != upload_step::later) return false;
      settled_ = {};
      do_all();
      if (settled_ != "well") return false;
    }
    return installer_->finish() == upload_step::done;
  }
  void install() {
    ASSERT_TRUE(send("a bundle"));
    installer_->release();  // consumed
    do_all();
  }
  void settled(bool well) noexcept override { settled_ = well ? "well" : "not"; }
  [[nodiscard]] update::update_state seen() { return installer_->state().get(); }

  std::string folder_;
  update::trial_terms trial_{.within = 60s};
  std::string settled_;
  hosted::work_queue work_{4};
  musubi::test::virtual_host host_;
  std::unique_ptr<rauc_installer> installer_;
  std::unique_ptr<task_group> group_;
};

TEST_F(a_gateway, shows_what_runs) {
  start();
  EXPECT_EQ(seen().build, "2026-12-01");
  EXPECT_EQ(seen().version, 7U);
  EXPECT_EQ(seen().slot, "A");
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(a_gateway, has_rauc_install_the_bundle_that_it_has_received) {
  start();
  ASSERT_TRUE(send("a bundle"));
  EXPECT_EQ(seen().phase, update_phase::installing);
  EXPECT_EQ(seen().percent, 100);
  installer_->release();
  do_all();
  EXPECT_EQ(read("installed"), "a bundle");
  EXPECT_EQ(seen().phase, update_phase::pending);
  EXPECT_FALSE(has("update.raucb"));
  ASSERT_TRUE(installer_->restart().ok());
  do_all();
  EXPECT_NE(read("calls").find("\nreboot\n"), std::string::npos);
}

TEST_F(a_gateway, shows_in_its_own_words_why_rauc_has_refused) {
  start();
  write("fails", "");
  install();
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().refusal, "signature verification failed");
  EXPECT_FALSE(has("update.trial"));
}

TEST_F(a_gateway, is_on_trial_after_the_restart_until_it_is_confirmed) {
  start();
  install();
  write("booted", "B");
  start();
  EXPECT_EQ(seen().phase, update_phase::trial);
  EXPECT_EQ(seen().seconds_left, 60);
  ASSERT_TRUE(installer_->confirm().ok());
  do_all();
  EXPECT_NE(read("calls").find("status mark-good\n"), std::string::npos);
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().last, outcome::confirmed);
  start();
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(a_gateway, goes_back_when_nobody_confirms) {
  start();
  install();
  write("booted", "B");
  start();
  host_.run_for(59s);
  do_all();
  EXPECT_EQ(read("calls").find("mark-bad"), std::string::npos);
  host_.run_for(1s);
  do_all();
  EXPECT_NE(read("calls").find("status mark-bad booted\nreboot\n"), std::string::npos);
  write("booted", "A");
  start();
  EXPECT_EQ(seen().last, outcome::rolled_back);
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(a_gateway, confirms_by_itself_what_is_healthy_for_long_enough) {
  trial_.confirm_after = 10s;
  start();
  install();
  write("booted", "B");
  start();
  host_.run_for(9s);
  do_all();
  EXPECT_EQ(seen().phase, update_phase::trial);
  host_.run_for(1s);
  do_all();
  EXPECT_NE(read("calls").find("status mark-good\n"), std::string::npos);
  EXPECT_EQ(seen().last, outcome::confirmed);
}

TEST_F(a_gateway, tries_again_to_go_back_if_rauc_has_failed) {
  start();
  install();
  write("booted", "B");
  start();
  write("fails", "");
  host_.run_for(60s);
  do_all();
  EXPECT_EQ(seen().phase, update_phase::trial);
  EXPECT_EQ(seen().refusal, "signature verification failed");
  EXPECT_EQ(read("calls").find("\nreboot\n"), std::string::npos);
  std::filesystem::remove(folder_ + "/fails");
  host_.run_for(1s);
  do_all();
  EXPECT_NE(read("calls").find("status mark-bad booted\nreboot\n"), std::string::npos);
}

TEST_F(a_gateway, drops_what_is_cancelled) {
  start();
  install();
  ASSERT_TRUE(installer_->cancel().ok());
  do_all();
  EXPECT_NE(read("calls").find("status mark-active booted\n"), std::string::npos);
  EXPECT_EQ(seen().phase, update_phase::idle);
}

TEST_F(a_gateway, discards_a_bundle_that_did_not_arrive_completely) {
  start();
  ASSERT_TRUE(installer_->open(100).ok());
  const std::string part = "half";
  ASSERT_EQ(installer_->write(std::as_bytes(std::span(part))), upload_step::later);
  installer_->release();  // while a thread is at it
  do_all();
  EXPECT_FALSE(has("update.raucb"));
  EXPECT_EQ(seen().phase, update_phase::idle);
  EXPECT_EQ(seen().refusal, "the bundle did not arrive completely");
  install();
  EXPECT_EQ(seen().phase, update_phase::pending);
}

TEST_F(a_gateway, says_when_it_cannot_write) {
  start();
  std::filesystem::create_directory(folder_ + "/update.raucb");
  ASSERT_TRUE(installer_->open(8).ok());
  const std::string part = "a bundle";
  ASSERT_EQ(installer_->write(std::as_bytes(std::span(part))), upload_step::later);
  do_all();
  EXPECT_EQ(settled_, "not");
  EXPECT_EQ(installer_->reason(), "the folder for updates: Is a directory");
}

TEST_F(a_gateway, refuses_what_makes_no_sense_now) {
  start();
  EXPECT_EQ(installer_->open(1001).reason(), "the bundle is too large");
  EXPECT_EQ(installer_->confirm().reason(), "there is nothing to confirm");
  EXPECT_EQ(installer_->cancel().reason(), "no image waits for the restart");
  EXPECT_EQ(installer_->restart().reason(), "there is no other image to start");
  install();
  EXPECT_EQ(installer_->open(8).reason(), "another image is being installed");
}

TEST_F(a_gateway, is_served_by_one_of_its_cores) {
  start();
  {
    musubi::test::virtual_host other;
    EXPECT_EQ(installer_->open(8).reason(), "another core of this host does the updates");
    EXPECT_EQ(installer_->confirm().reason(), "another core of this host does the updates");
  }
  host_.loop().make_current();
  EXPECT_TRUE(send("a bundle"));
  do_all();
}

TEST_F(a_gateway, takes_nothing_without_rauc) {
  std::filesystem::remove(folder_ + "/rauc");
  start();
  EXPECT_EQ(installer_->open(8).reason(), "rauc does not say which slot runs");
  EXPECT_EQ(seen().refusal, folder_ + "/rauc could not be run");
}

}  // namespace
}  // namespace musubi::rauc
