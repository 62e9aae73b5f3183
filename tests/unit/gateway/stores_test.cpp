#include "sampling/news.hpp"
#include "shared_host.hpp"
#include "stores/disk.hpp"
#include "stores/interface.hpp"
#include "stores/overview.hpp"

#include <gtest/gtest.h>
#include <memory>

namespace gateway::test {
namespace {

network_reading network_of(std::initializer_list<std::string_view> names) {
  network_reading reading;
  for (const std::string_view name : names) {
    interface_reading each;
    each.name = *musubi::text<16>::from(name);
    each.received = name.size();
    (void)reading.interfaces.push_back(each);
  }
  return reading;
}

disks_reading disks_of(std::initializer_list<std::string_view> names) {
  disks_reading reading;
  for (const std::string_view name : names) {
    disk_reading each;
    each.name = *musubi::text<64>::from(name);
    (void)reading.disks.push_back(each);
  }
  return reading;
}

}  // namespace

class the_stores : public ::testing::Test {
 protected:
  the_stores() { shared_host().loop().make_current(); }
  quiet_context context_;
};

TEST_F(the_stores, show_at_once_what_was_told_last) {
  settings named;
  named.name = "Cellar";
  named.period = 250;
  news::settings_changed.set(named);
  news::network.set(network_of({"eth0", "lo"}));
  vitals seen;
  seen.looks = 7;
  news::machine.set(seen);

  const auto store = std::make_unique<overview>();
  ASSERT_TRUE(store->mount({}, context_));
  EXPECT_EQ(context_.subscriptions(), 6);
  const auto state = std::make_unique<overview::State>(store->render());
  EXPECT_EQ(state->name.view(), "Cellar");
  EXPECT_EQ(state->period, 250U);
  EXPECT_EQ(state->looks, 7U);
  EXPECT_EQ(state->network.interfaces.size(), 2U);
}

TEST_F(the_stores, show_what_is_told_from_then_on) {
  const auto store = std::make_unique<overview>();
  ASSERT_TRUE(store->mount({}, context_));
  settings paused;
  paused.paused = true;
  store->handle_info(paused, context_);
  processes_reading busy;
  busy.total = 99;
  store->handle_info(busy, context_);
  const auto state = std::make_unique<overview::State>(store->render());
  EXPECT_TRUE(state->paused);
  EXPECT_EQ(state->processes.total, 99U);
}

TEST_F(the_stores, are_not_mounted_when_they_could_not_hear_the_news) {
  context_.room = 3;
  const auto store = std::make_unique<overview>();
  EXPECT_EQ(store->mount({}, context_).reason(), "subscriptions");
}

TEST_F(the_stores, show_one_interface_of_the_given_name) {
  news::network.set(network_of({"eth0", "wlan0"}));
  one_interface store;
  ASSERT_TRUE(store.mount({.name = "wlan0"}, context_));
  EXPECT_TRUE(store.render().present);
  EXPECT_EQ(store.render().reading.name.view(), "wlan0");
  EXPECT_EQ(store.render().reading.received, 5U);
}

TEST_F(the_stores, refuse_an_interface_or_a_disk_that_there_is_not) {
  news::network.set(network_of({"eth0"}));
  news::disks.set(disks_of({"sda1"}));
  const musubi::status interface = one_interface().mount({.name = "eth1"}, context_);
  EXPECT_EQ(interface.reason(), "this machine has no such interface");
  EXPECT_EQ(interface.field(), "name");
  const musubi::status disk = one_disk().mount({.name = "sdb1"}, context_);
  EXPECT_EQ(disk.reason(), "this machine has no such disk");
  EXPECT_EQ(disk.field(), "name");
}

TEST_F(the_stores, keep_the_last_reading_of_what_is_pulled_out_and_notice_when_it_is_back) {
  news::disks.set(disks_of({"sda1", "sdb1"}));
  one_disk store;
  ASSERT_TRUE(store.mount({.name = "sdb1"}, context_));
  const std::uint32_t looks = store.render().looks;
  store.handle_info(disks_of({"sda1"}), context_);
  EXPECT_FALSE(store.render().present);
  EXPECT_EQ(store.render().reading.name.view(), "sdb1");
  EXPECT_EQ(store.render().looks, looks + 1);
  store.handle_info(disks_of({"sda1", "sdb1"}), context_);
  EXPECT_TRUE(store.render().present);
}

}  // namespace gateway::test
