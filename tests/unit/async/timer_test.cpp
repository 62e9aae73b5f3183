#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include <musubi/async/internal/timer.hpp>

namespace musubi {
namespace {

using std::chrono::microseconds;

time_point at(std::int64_t when) {
  return time_point(microseconds(when));
}

// A timer and a job that counts how often it came due.
struct alarm {
  struct ring : job {
    ring() : job(&ring::count) {}
    static void count(job& self) noexcept { ++static_cast<ring&>(self).times; }
    int times = 0;
  };
  ring rung;
  timer clock{rung};
};

class timers : public ::testing::Test {
 protected:
  void expire(std::int64_t now) {
    queue_.expire(at(now), ready_);
    ready_.run_round();
  }
  run_queue ready_;
  timer_queue queue_;
};

TEST_F(timers, ring_when_their_time_has_come_and_not_before) {
  alarm a;
  queue_.arm(a.clock, at(10));
  EXPECT_TRUE(a.clock.armed());
  expire(9);
  EXPECT_EQ(a.rung.times, 0);
  expire(10);
  EXPECT_EQ(a.rung.times, 1);
  EXPECT_FALSE(a.clock.armed());
  expire(100);
  EXPECT_EQ(a.rung.times, 1);
}

TEST_F(timers, tell_when_the_next_one_is_due) {
  alarm a;
  alarm b;
  EXPECT_EQ(queue_.next(), std::nullopt);
  queue_.arm(a.clock, at(20));
  queue_.arm(b.clock, at(10));
  EXPECT_EQ(queue_.next(), at(10));
  b.clock.cancel();
  EXPECT_EQ(queue_.next(), at(20));
}

TEST_F(timers, never_ring_once_cancelled) {
  alarm a;
  queue_.arm(a.clock, at(10));
  a.clock.cancel();
  a.clock.cancel();  // a second time is nothing
  EXPECT_FALSE(a.clock.armed());
  expire(20);
  EXPECT_EQ(a.rung.times, 0);
}

TEST_F(timers, move_when_armed_again) {
  alarm a;
  queue_.arm(a.clock, at(10));
  queue_.arm(a.clock, at(30));
  expire(20);
  EXPECT_EQ(a.rung.times, 0);
  queue_.arm(a.clock, at(25));
  expire(25);
  EXPECT_EQ(a.rung.times, 1);
}

TEST_F(timers, all_ring_at_the_same_time) {
  std::vector<std::unique_ptr<alarm>> all;
  for (int i = 0; i < 10; ++i) {
    all.push_back(std::make_unique<alarm>());
    queue_.arm(all.back()->clock, at(5));
  }
  expire(5);
  for (const auto& one : all) EXPECT_EQ(one->rung.times, 1);
}

TEST_F(timers, are_cancelled_by_their_destruction) {
  std::optional<alarm> a(std::in_place);
  alarm b;
  queue_.arm(a->clock, at(10));
  queue_.arm(b.clock, at(20));
  a.reset();
  EXPECT_EQ(queue_.next(), at(20));
  expire(20);
  EXPECT_EQ(b.rung.times, 1);
}

TEST_F(timers, survive_their_queue) {
  alarm a;
  alarm b;
  {
    timer_queue other;
    other.arm(a.clock, at(10));
    other.arm(b.clock, at(5));
  }
  EXPECT_FALSE(a.clock.armed());
  queue_.arm(a.clock, at(10));
  expire(10);
  EXPECT_EQ(a.rung.times, 1);
}

TEST_F(timers, change_queues_when_armed_in_another) {
  alarm a;
  timer_queue other;
  other.arm(a.clock, at(10));
  queue_.arm(a.clock, at(20));
  EXPECT_EQ(other.next(), std::nullopt);
  expire(20);
  EXPECT_EQ(a.rung.times, 1);
}

TEST_F(timers, do_in_a_random_run_what_a_sorted_list_does) {
  std::mt19937 random(11);  // NOLINT(cert-msc51-cpp): the same run every time
  constexpr std::size_t count = 300;
  std::vector<std::unique_ptr<alarm>> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::make_unique<alarm>());
  std::map<std::size_t, std::int64_t> model;  // armed ones and when they are due
  std::vector<int> expected(count, 0);
  std::int64_t now = 0;

  for (int step = 0; step < 20000; ++step) {
    const std::size_t which = random() % count;
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
      case 3: {
        const std::int64_t when = now + static_cast<std::int64_t>(random() % 500);
        queue_.arm(all[which]->clock, at(when));
        model[which] = when;
        break;
      }
      case 4:
      case 5:
        all[which]->clock.cancel();
        model.erase(which);
        break;
      case 6:
        all[which] = std::make_unique<alarm>();
        model.erase(which);
        expected[which] = 0;
        break;
      default:
        now += static_cast<std::int64_t>(random() % 40);
        for (auto one = model.begin(); one != model.end();) {
          if (one->second > now) {
            ++one;
            continue;
          }
          ++expected[one->first];
          one = model.erase(one);
        }
        expire(now);
        for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(all[i]->rung.times, expected[i]);
        break;
    }
    ASSERT_EQ(all[which]->clock.armed(), model.contains(which));
    const auto earliest =
        std::min_element(model.begin(), model.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    ASSERT_EQ(queue_.next(),
              earliest == model.end() ? std::nullopt : std::optional(at(earliest->second)));
  }
  EXPECT_FALSE(model.empty());  // the run came to something
}

TEST_F(timers, ring_in_the_order_of_their_times) {
  std::mt19937 random(5);  // NOLINT(cert-msc51-cpp): the same run every time
  struct note : job {
    note() : job(&note::write) {}
    static void write(job& self) noexcept {
      auto& me = static_cast<note&>(self);
      me.log->push_back(me.when);
    }
    std::vector<std::int64_t>* log = nullptr;
    std::int64_t when = 0;
    timer clock{*this};
  };
  std::vector<std::int64_t> log;
  std::vector<std::unique_ptr<note>> all;
  for (int i = 0; i < 2000; ++i) {
    all.push_back(std::make_unique<note>());
    all.back()->log = &log;
    all.back()->when = static_cast<std::int64_t>(random() % 1000);
    queue_.arm(all.back()->clock, at(all.back()->when));
  }
  expire(1000);
  EXPECT_EQ(log.size(), all.size());
  EXPECT_TRUE(std::is_sorted(log.begin(), log.end()));
}

}  // namespace
}  // namespace musubi
