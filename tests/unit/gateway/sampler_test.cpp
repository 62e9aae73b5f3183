#include "sampling/sampler.hpp"

#include "machine_fixture.hpp"
#include "sampling/news.hpp"
#include "shared_host.hpp"

#include <memory>

#include <musubi/async/task_group.hpp>

namespace gateway::test {

using namespace std::chrono_literals;

/// A sampler on a virtual clock, looking at a machine of files.
class a_sampler : public machine {
 protected:
  a_sampler() {
    write("/proc/uptime", "100.00 1\n");
    write("/proc/stat", "cpu 10 0 0 10\n");
    write("/proc/net/dev", "h\nh\n eth0: 1000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
    want({});
    sampler_ = std::make_unique<sampler>(files());
    sampler_->first_look();
  }
  ~a_sampler() override { host_.run(); }

  /// As the keeper tells it.
  void want(const settings& wanted) {
    news::settings_changed.set(wanted);
    if (sampler_) {
      sampler_->settings_changed();
      host_.run();
    }
  }
  musubi::status start() { return sampler_->start(tasks_); }
  [[nodiscard]] static std::uint32_t looks() { return news::machine.get().looks; }

  musubi::test::virtual_host& host_ = shared_host();
  std::unique_ptr<sampler> sampler_;
  musubi::task_group tasks_;
};

TEST_F(a_sampler, looks_at_everything_before_anybody_can_ask) {
  EXPECT_EQ(looks(), 1U);
  EXPECT_EQ(news::machine.get().uptime, 100U);
  EXPECT_EQ(news::network.get().interfaces.size(), 1U);
}

TEST_F(a_sampler, looks_once_in_a_period) {
  ASSERT_TRUE(start());
  host_.run();
  const std::uint32_t before = looks();
  host_.run_for(3s);
  EXPECT_EQ(looks(), before + 3);
}

TEST_F(a_sampler, follows_a_new_period_at_once) {
  ASSERT_TRUE(start());
  settings fast;
  fast.period = 100;
  want(fast);
  const std::uint32_t before = looks();
  host_.run_for(1s);
  EXPECT_EQ(looks(), before + 10);
}

TEST_F(a_sampler, stands_still_while_paused_and_looks_at_once_when_resumed) {
  ASSERT_TRUE(start());
  host_.run();
  settings paused;
  paused.paused = true;
  want(paused);
  const std::uint32_t before = looks();
  host_.run_for(1min);
  EXPECT_EQ(looks(), before);
  want({});
  EXPECT_EQ(looks(), before + 1);
}

TEST_F(a_sampler, resets_the_counters_even_while_paused) {
  ASSERT_TRUE(start());
  host_.run();
  write("/proc/net/dev", "h\nh\n eth0: 5000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
  host_.run_for(1s);
  EXPECT_EQ(news::network.get().interfaces[0].received, 4000U);
  EXPECT_EQ(news::machine.get().counting_since, 100U);

  write("/proc/uptime", "160.00 1\n");
  settings wanted;
  wanted.paused = true;
  wanted.resets = 1;
  want(wanted);
  EXPECT_EQ(news::network.get().interfaces[0].received, 0U);
  EXPECT_EQ(news::machine.get().counting_since, 160U);
}

TEST_F(a_sampler, remembers_every_look_with_its_time_and_where_one_was_missed) {
  news::machine_past.clear();  // what other tests have left
  ASSERT_TRUE(start());
  host_.run();
  write("/proc/stat", "cpu 40 0 0 20\n");
  write("/proc/net/dev", "h\nh\n eth0: 6000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n lo: 9 0 0 0\n");
  host_.run_for(2s);
  settings paused;
  paused.paused = true;
  want(paused);
  host_.run_for(1min);
  want({});

  std::uint32_t next = 0;
  stretch<machine_value::count> piece;
  ASSERT_TRUE(news::machine_past.read({}, next, piece));
  ASSERT_EQ(piece.after.size(), 3U);
  EXPECT_EQ(piece.after[2], 2000U);
  EXPECT_EQ(piece.values[machine_value::processor][1], 75.0F);
  EXPECT_EQ(piece.values[machine_value::memory][1], std::nullopt);
  EXPECT_TRUE(piece.values[machine_value::received][1].value_or(0) > 0);
  const musubi::safe_integer before = piece.from;
  ASSERT_TRUE(news::machine_past.read({}, next, piece));
  EXPECT_FALSE(piece.follows);
  EXPECT_EQ(piece.from, before + 62'000);
  EXPECT_FALSE(news::machine_past.read({}, next, piece));

  stretch<2> traffic;
  std::uint32_t first = 0;
  EXPECT_TRUE(news::network_past.read("eth0", first, traffic));
}

TEST_F(a_sampler, says_so_when_there_is_no_room_for_its_coroutines) {
  struct full_host {
    static musubi::status spawn(musubi::task<>&&) noexcept {
      return musubi::exhausted("coroutine_frames");
    }
  } full;
  EXPECT_EQ(sampler_->start(full).reason(), "coroutine_frames");
}

TEST_F(a_sampler, shows_what_it_saw_last_while_nothing_can_be_read) {
  write("/proc/loadavg", "0.5 0.4 0.3 1/2 3\n");
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\n");
  ASSERT_TRUE(start());
  host_.run();
  host_.run_for(1s);
  {
    const no_descriptors at_all;
    host_.run_for(2s);
    const vitals seen = news::machine.get();
    EXPECT_EQ(seen.uptime, 100U);
    EXPECT_FLOAT_EQ(seen.load->one, 0.5F);
    EXPECT_TRUE(seen.load->stale);
    EXPECT_EQ(seen.memory->total, 1000U * 1024);
    EXPECT_TRUE(seen.memory->stale);
    EXPECT_TRUE(seen.processor.stale);
    EXPECT_TRUE(news::network.get().interfaces[0].stale);
  }
  host_.run_for(2s);
  const vitals again = news::machine.get();
  EXPECT_FALSE(again.load->stale || again.memory->stale || again.processor.stale);
  EXPECT_FALSE(news::network.get().interfaces[0].stale);
}

}  // namespace gateway::test
