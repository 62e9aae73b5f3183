#include "unit/async/virtual_host.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <thread>

#include <musubi/async/remote_signal.hpp>

namespace musubi {
namespace {

struct bell : remote_signal {
  constexpr bell() noexcept : remote_signal(&bell::ring) {}
  static void ring(remote_signal& self) noexcept { ++static_cast<bell&>(self).heard; }
  int heard = 0;
};

constinit bell a_bell_made_before_main;

TEST(a_remote_signal, that_nobody_hears_may_be_raised) {
  bell silent;
  silent.raise();
  EXPECT_EQ(silent.listener(), nullptr);
  EXPECT_EQ(silent.heard, 0);
}

TEST(a_remote_signal, is_heard_once_however_often_it_was_raised) {
  test::virtual_host host;
  EXPECT_TRUE(a_bell_made_before_main.listen(host.loop()));
  a_bell_made_before_main.raise();
  a_bell_made_before_main.raise();
  EXPECT_EQ(a_bell_made_before_main.heard, 0);
  host.run();
  EXPECT_EQ(a_bell_made_before_main.heard, 1);
  a_bell_made_before_main.raise();
  host.run();
  EXPECT_EQ(a_bell_made_before_main.heard, 2);
}

TEST(a_remote_signal, has_one_listener_and_the_next_when_that_is_gone) {
  bell signal;
  std::optional<test::virtual_host> first(std::in_place);
  test::virtual_host second;
  EXPECT_TRUE(signal.listen(first->loop()));
  EXPECT_FALSE(signal.listen(second.loop()));
  signal.raise();
  first.reset();
  EXPECT_EQ(signal.listener(), nullptr);
  signal.raise();
  EXPECT_TRUE(signal.listen(second.loop()));
  second.run();
  EXPECT_EQ(signal.heard, 0);  // what was raised for the first is not for the second
  signal.raise();
  second.run();
  EXPECT_EQ(signal.heard, 1);
}

TEST(a_remote_signal, may_go_while_it_is_raised_and_not_heard) {
  test::virtual_host host;
  bell before;
  bell behind;
  auto gone = std::make_unique<bell>();
  for (bell* each : {&before, gone.get(), &behind}) {
    EXPECT_TRUE(each->listen(host.loop()));
    each->raise();
  }
  gone.reset();
  host.run();
  EXPECT_EQ(before.heard, 1);
  EXPECT_EQ(behind.heard, 1);
}

TEST(a_remote_signal, may_be_destroyed_by_another_that_was_raised_with_it) {
  struct ender : remote_signal {
    ender() noexcept : remote_signal(&ender::end) {}
    static void end(remote_signal& self) noexcept { static_cast<ender&>(self).victim.reset(); }
    std::unique_ptr<bell> victim = std::make_unique<bell>();
  } first;
  test::virtual_host host;
  bell last;
  EXPECT_TRUE(first.listen(host.loop()));
  EXPECT_TRUE(first.victim->listen(host.loop()));
  EXPECT_TRUE(last.listen(host.loop()));
  first.raise();
  first.victim->raise();
  last.raise();
  host.run();
  EXPECT_EQ(first.victim, nullptr);
  EXPECT_EQ(last.heard, 1);
}

TEST(a_remote_signal, may_be_raised_by_a_thread_while_hosts_come_and_go) {
  bell signal;
  std::atomic<bool> done{false};
  std::thread raising([&] {
    while (!done.load()) signal.raise();
  });
  for (int i = 0; i < 200; ++i) {
    test::virtual_host host;
    EXPECT_TRUE(signal.listen(host.loop()));
    (void)host.loop().poll(time_point());
  }
  done.store(true);
  raising.join();
  EXPECT_EQ(signal.listener(), nullptr);
}

}  // namespace
}  // namespace musubi
