/// Watched values: over whole hosts, for coroutines, and from other threads.

#include "support/crowded.hpp"
#include "support/served.hpp"
#include "unit/async/virtual_host.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/store/child/child.hpp>

namespace musubi::test {
namespace {

constinit watch<std::int32_t> level{0};
event gate;  // what `wait` waits for
int roots_rendered = 0;

struct needle {
  static constexpr std::string_view module = "Test.Needle";
  struct State {
    std::int32_t at;
  };
  status init(context& ctx) { return ctx.follow(level); }
  State render() const { return {level.get()}; }
};

struct gauge {
  static constexpr std::string_view module = "Test.Gauge";
  struct State {
    std::int32_t level;
  };
  struct Set {
    std::int32_t to;
  };
  struct Wait {};
  using commands = musubi::commands<Set, Wait>;
  status mount(context& ctx) { return ctx.follow(level); }
  status handle(const Set& command, context&) {
    level.set(command.to);
    return {};
  }
  task<status> handle(const Wait&, context&) {
    co_await gate.wait();
    co_return status();
  }
  State render() const { return {level.get()}; }
};

/// Is told what it follows, and may throw or say more.
struct diary {
  static constexpr std::string_view module = "Test.Diary";
  struct State {
    std::int32_t last;
    std::int32_t told;
  };
  struct Wait {};
  struct Set {
    std::int32_t to;
  };
  using commands = musubi::commands<Wait, Set>;
  status mount(context& ctx) { return ctx.follow(*this, level); }
  void handle_info(const std::int32_t& now, context&) {
    if (now < 0) throw std::runtime_error("unlucky");
    last = now;
    ++told;
  }
  task<status> handle(const Wait&, context&) {
    co_await gate.wait();
    co_return status();
  }
  status handle(const Set& command, context&) {
    level.set(command.to);
    return {};
  }
  State render() const { return {last, told}; }
  std::int32_t last = 0;
  std::int32_t told = 0;
};

struct panel {
  static constexpr std::string_view module = "Test.Panel";
  struct State {
    std::int32_t constant;
    child<needle> inside;
  };
  State render() const {
    ++roots_rendered;
    return {7, child<needle>("n")};
  }
};

struct gauge_socket {
  using roots = musubi::roots<gauge, panel, diary>;
};

class a_watch : public testing::Test {
 protected:
  a_watch() { level.set(0); }
  served<gauge_socket> server;
  browser page = server.open();
};

TEST_F(a_watch, is_shown_by_every_page_that_follows_it) {
  root first = page.mounted("Test.Gauge", "first");
  browser elsewhere = server.open();
  root second = elsewhere.mounted("Test.Gauge", "second");
  level.set(5);
  EXPECT_EQ(page.next(), first.patch(2, replace("/level", "5")));
  EXPECT_EQ(elsewhere.next(), second.patch(2, replace("/level", "5")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, makes_one_patch_of_all_that_is_set_in_a_turn) {
  root follows = page.mounted("Test.Gauge");
  for (int i = 1; i <= 1000; ++i) level.set(i);
  EXPECT_EQ(page.next(), follows.patch(2, replace("/level", "1000")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, sends_nothing_when_it_is_set_to_what_it_was) {
  (void)page.mounted("Test.Gauge");
  level.set(0);
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, that_a_command_sets_is_in_the_patch_of_that_command) {
  root follows = page.mounted("Test.Gauge");
  const std::string ref = follows.command("set", R"({"to":3})");
  EXPECT_EQ(page.next(), follows.ok(ref));
  EXPECT_EQ(page.next(), follows.patch(2, replace("/level", "3")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, is_never_too_much_for_a_page_whose_handler_waits) {
  root follows = page.mounted("Test.Gauge");
  const std::string ref = follows.command("wait");
  for (int i = 1; i <= 1000; ++i) level.set(i);
  EXPECT_TRUE(page.silent());
  gate.notify();
  EXPECT_EQ(page.next(), follows.ok(ref));
  EXPECT_EQ(page.next(), follows.patch(2, replace("/level", "1000")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, renders_the_child_that_follows_it_and_not_its_root) {
  root follows = page.mounted("Test.Panel");
  const int before = roots_rendered;
  level.set(4);
  EXPECT_EQ(page.next(), follows.patch(2, replace("/inside/at", "4")));
  EXPECT_EQ(roots_rendered, before);
}

TEST_F(a_watch, forgets_a_page_that_is_gone) {
  root follows = page.mounted("Test.Gauge");
  EXPECT_EQ(server.in_use(), "connections 1, pages 1, subscriptions 1");
  (void)follows.leave();
  (void)page.all();
  EXPECT_EQ(server.in_use(), "connections 1");
  level.set(5);
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, refuses_one_follower_more_than_there_is_room_for) {
  memory_port::options narrow{.limits = small_limits()};
  narrow.limits.subscriptions = 1;
  served<gauge_socket> small(narrow);
  browser first = small.open();
  (void)first.mounted("Test.Gauge", "first");
  (void)first.join("Test.Gauge", "second");
  EXPECT_NE(first.next().find(exhausted("subscriptions")), std::string::npos);
}

TEST_F(a_watch, is_set_by_another_thread) {
  root follows = page.mounted("Test.Gauge");
  std::thread([] {
    for (int i = 1; i <= 1000; ++i) level.set(i);
  }).join();
  EXPECT_EQ(page.next(), follows.patch(2, replace("/level", "1000")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, reaches_the_pages_of_other_hosts) {
  served<gauge_socket> other_server;
  browser elsewhere = other_server.open();
  root there = elsewhere.mounted("Test.Gauge");
  root here = page.mounted("Test.Gauge");
  const std::string ref = here.command("set", R"({"to":9})");
  EXPECT_EQ(page.next(), here.ok(ref));
  EXPECT_EQ(page.next(), here.patch(2, replace("/level", "9")));
  EXPECT_EQ(elsewhere.next(), there.patch(2, replace("/level", "9")));
}

TEST_F(a_watch, serves_one_host_after_the_other) {
  for (int i = 1; i <= 3; ++i) {
    level.set(10 * i);
    served<gauge_socket> next_server;
    browser visitor = next_server.open();
    root follows = visitor.join("Test.Gauge");
    (void)visitor.next();
    EXPECT_EQ(visitor.next(), follows.initial(R"({"__musubi_store_id__":[],"level":)" +
                                              std::to_string(10 * i) + "}"));
    level.set(10 * i + 1);
    EXPECT_EQ(visitor.next(), follows.patch(2, replace("/level", std::to_string(10 * i + 1))));
  }
}

// --- a store that is told ---

TEST_F(a_watch, tells_its_follower_before_it_is_rendered) {
  root follows = page.mounted("Test.Diary");
  level.set(5);
  EXPECT_EQ(page.next(), follows.patch(2, replace("/told", "1") + "," + replace("/last", "5")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, tells_a_page_whose_handler_waits_once_and_the_latest) {
  root follows = page.mounted("Test.Diary");
  const std::string ref = follows.command("wait");
  for (int i = 1; i <= 1000; ++i) level.set(i);
  EXPECT_TRUE(page.silent());
  gate.notify();
  EXPECT_EQ(page.next(), follows.ok(ref));
  EXPECT_EQ(page.next(), follows.patch(2, replace("/told", "1") + "," + replace("/last", "1000")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, tells_the_page_whose_own_command_sets_it_after_that_command) {
  root follows = page.mounted("Test.Diary");
  const std::string ref = follows.command("set", R"({"to":3})");
  EXPECT_EQ(page.next(), follows.ok(ref));
  EXPECT_EQ(page.next(), follows.patch(2, replace("/told", "1") + "," + replace("/last", "3")));
  EXPECT_TRUE(page.silent());
}

TEST_F(a_watch, ends_a_page_whose_handle_info_throws_and_no_other) {
  root follows = page.mounted("Test.Diary");
  root other = page.mounted("Test.Gauge");
  level.set(-1);
  const std::string both = page.all();
  EXPECT_NE(both.find(follows.error()), std::string::npos);
  EXPECT_NE(both.find(other.patch(2, replace("/level", "-1"))), std::string::npos);
}

TEST_F(a_watch, forgets_that_a_page_is_to_be_told_when_that_goes) {
  root follows = page.mounted("Test.Diary");
  (void)follows.command("wait");
  level.set(1);
  page.close();
  server.run();
  EXPECT_EQ(server.in_use(), "");
  gate.notify();
  server.run();
}

// --- coroutines ---

task<> note_changes(watch<int>& of, std::vector<int>& seen, duration pause = duration::zero()) {
  watch<int>::receiver values(of);
  while (const auto value = co_await values.changed()) {
    seen.push_back(*value);
    if (pause != duration::zero()) co_await sleep(pause);
  }
}

class receivers : public testing::Test {
 protected:
  virtual_host host;
  watch<int> number{1};
  std::vector<int> seen;
};

TEST_F(receivers, are_given_what_is_set_after_they_were_made) {
  task_group group;
  ASSERT_TRUE(group.spawn(note_changes(number, seen)).ok());
  host.run();
  EXPECT_TRUE(seen.empty());
  number.set(2);
  host.run();
  number.set(3);
  host.run();
  EXPECT_EQ(seen, (std::vector{2, 3}));
}

TEST_F(receivers, that_are_slow_are_given_the_latest_and_nothing_twice) {
  task_group group;
  ASSERT_TRUE(group.spawn(note_changes(number, seen, std::chrono::seconds(1))).ok());
  for (int i = 2; i <= 9; ++i) number.set(i);
  host.run();
  EXPECT_EQ(seen, std::vector{9});
  for (int i = 10; i <= 19; ++i) number.set(i);
  host.run_for(std::chrono::seconds(10));
  EXPECT_EQ(seen, (std::vector{9, 19}));
}

TEST_F(receivers, are_not_woken_for_what_they_have_seen) {
  task_group group;
  ASSERT_TRUE(group.spawn(note_changes(number, seen)).ok());
  // set by a thread twice, of which the second is seen by who is woken for the first
  std::thread([this] { number.set(2); }).join();
  struct setter : job {
    explicit setter(watch<int>& of) : job(&setter::set), to(&of) {}
    static void set(job& self) noexcept {
      auto& here = static_cast<setter&>(self);
      std::thread([&here] { here.to->set(3); }).join();
    }
    watch<int>* to;
  } again(number);
  host.loop().push(again);
  host.run();
  EXPECT_EQ(seen.back(), 3);
  EXPECT_LE(seen.size(), 2U);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_NE(seen[i], seen[i - 1]);
}

TEST_F(receivers, may_be_cancelled_while_they_wait) {
  {
    task_group group;
    ASSERT_TRUE(group.spawn(note_changes(number, seen)).ok());
    ASSERT_TRUE(group.spawn(note_changes(number, seen)).ok());
    host.run();
  }
  number.set(2);
  host.run();
  EXPECT_TRUE(seen.empty());
}

TEST_F(receivers, see_the_last_of_what_a_thread_sets) {
  task_group group;
  ASSERT_TRUE(group.spawn(note_changes(number, seen)).ok());
  std::thread setting([this] {
    for (int i = 2; i <= 3000; ++i) number.set(i);
  });
  while (seen.empty() || seen.back() != 3000) {
    host.run();
    std::this_thread::yield();
  }
  setting.join();
  for (std::size_t i = 1; i < seen.size(); ++i) ASSERT_LT(seen[i - 1], seen[i]);
}

TEST(a_receiver, is_told_that_no_host_runs) {
  std::vector<int> seen;
  watch<int> number{1};
  task<> work;
  {
    virtual_host host;
    work = note_changes(number, seen);
    { const virtual_host passing; }  // takes the place, and leaves nobody in it
    struct : job {
      using job::job;
    } done([](job&) noexcept {});
    work.start(done);
    EXPECT_TRUE(work.done());
    work.reset();
    host.loop().make_current();
  }
  EXPECT_TRUE(seen.empty());
}

}  // namespace
}  // namespace musubi::test
