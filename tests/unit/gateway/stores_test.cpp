#include "sampling/news.hpp"
#include "stores/disk.hpp"
#include "stores/interface.hpp"
#include "stores/overview.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace gateway::test {
namespace {

using musubi::testkit::mounted;

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

TEST(the_stores, show_at_once_what_was_told_last) {
  settings named;
  named.name = "Cellar";
  named.period = 250;
  news::settings_changed.set(named);
  news::network.set(network_of({"eth0", "lo"}));
  vitals seen;
  seen.looks = 7;
  news::machine.set(seen);

  const mounted<overview> page;
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page.state().name.view(), "Cellar");
  EXPECT_EQ(page.state().period, 250U);
  EXPECT_EQ(page.state().looks, 7U);
  EXPECT_EQ(page.state().network.interfaces.size(), 2U);
}

TEST(the_stores, show_what_is_told_from_then_on) {
  mounted<overview> page;
  ASSERT_TRUE(page.ok());
  settings paused;
  paused.paused = true;
  news::settings_changed.set(paused);
  processes_reading busy;
  busy.total = 99;
  news::processes.set(busy);
  page.run();
  EXPECT_TRUE(page.state().paused);
  EXPECT_EQ(page.state().processes.total, 99U);
}

TEST(the_stores, are_not_mounted_when_they_could_not_hear_the_news) {
  musubi::limits few = mounted<overview>::small_limits();
  few.subscriptions = 3;
  const mounted<overview> page({}, {}, few);
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.reason(), "subscriptions");
}

TEST(the_stores, show_one_interface_of_the_given_name) {
  news::network.set(network_of({"eth0", "wlan0"}));
  const mounted<one_interface> page({.name = "wlan0"});
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page.state().present);
  EXPECT_EQ(page.state().reading.name.view(), "wlan0");
  EXPECT_EQ(page.state().reading.received, 5U);
}

TEST(the_stores, refuse_an_interface_or_a_disk_that_there_is_not) {
  news::network.set(network_of({"eth0"}));
  news::disks.set(disks_of({"sda1"}));
  const mounted<one_interface> interface({.name = "eth1"});
  EXPECT_EQ(interface.error().why.reason(), "this machine has no such interface");
  EXPECT_EQ(interface.error().why.field(), "name");
  const mounted<one_disk> disk({.name = "sdb1"});
  EXPECT_EQ(disk.error().why.reason(), "this machine has no such disk");
  EXPECT_EQ(disk.error().why.field(), "name");
}

TEST(the_stores, keep_the_last_reading_of_what_is_pulled_out_and_notice_when_it_is_back) {
  news::disks.set(disks_of({"sda1", "sdb1"}));
  mounted<one_disk> page({.name = "sdb1"});
  ASSERT_TRUE(page.ok());
  const std::uint32_t looks = page.state().looks;
  news::disks.set(disks_of({"sda1"}));
  page.run();
  EXPECT_FALSE(page.state().present);
  EXPECT_EQ(page.state().reading.name.view(), "sdb1");
  EXPECT_EQ(page.state().looks, looks + 1);
  news::disks.set(disks_of({"sda1", "sdb1"}));
  page.run();
  EXPECT_TRUE(page.state().present);
}

}  // namespace gateway::test
