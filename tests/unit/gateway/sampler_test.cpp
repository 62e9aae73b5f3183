#include "sampling/sampler.hpp"

#include "machine_fixture.hpp"
#include "sampling/news.hpp"
#include "shared_host.hpp"

#include <atomic>
#include <memory>
#include <thread>

#include <musubi/async/task_group.hpp>
#include <musubi/hosted/worker_threads.hpp>

namespace gateway::test {

using namespace std::chrono_literals;

/// A sampler on a virtual clock, looking at a machine of files.
class a_sampler : public machine {
 protected:
  a_sampler() {
    write("/proc/uptime", "100.00 1\n");
    write("/proc/stat", "cpu 10 0 0 10\n");
    write("/proc/net/dev", "h\nh\n eth0: 1000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
    shared_work();
    want({});
    sampler_ = std::make_unique<sampler>(files());
  }
  ~a_sampler() override {
    do_all();
    // how many samples there are depends on this machine, and pages in other tests have room for
    // few
    news::machine_past.clear();
    news::network_past.clear();
    news::disks_past.clear();
  }

  /// As the keeper tells it.
  void want(const settings& wanted) {
    news::settings_changed.set(wanted);
    if (sampler_) {
      sampler_->settings_changed();
      do_all();
    }
  }
  musubi::status start() { return sampler_->start(tasks_); }
  [[nodiscard]] static std::uint32_t looks() { return news::machine.get().looks; }

  musubi::test::virtual_host& host_ = shared_host();
  std::unique_ptr<sampler> sampler_;
  musubi::task_group tasks_;
};

TEST_F(a_sampler, looks_at_everything_as_soon_as_it_starts) {
  ASSERT_TRUE(start());
  EXPECT_FALSE(sampler_->has_looked());
  do_all();
  EXPECT_TRUE(sampler_->has_looked());
  EXPECT_EQ(looks(), 1U);
  EXPECT_EQ(news::machine.get().uptime, 100U);
  EXPECT_EQ(news::network.get().interfaces.size(), 1U);
}

TEST_F(a_sampler, looks_once_in_a_period) {
  ASSERT_TRUE(start());
  do_all();
  const std::uint32_t before = looks();
  pass(3s);
  EXPECT_EQ(looks(), before + 3);
}

TEST_F(a_sampler, follows_a_new_period_at_once) {
  ASSERT_TRUE(start());
  settings fast;
  fast.period = 100;
  want(fast);
  const std::uint32_t before = looks();
  pass(1s);
  EXPECT_EQ(looks(), before + 10);
}

TEST_F(a_sampler, stands_still_while_paused_and_looks_at_once_when_resumed) {
  ASSERT_TRUE(start());
  do_all();
  settings paused;
  paused.paused = true;
  want(paused);
  const std::uint32_t before = looks();
  pass(1min);
  EXPECT_EQ(looks(), before);
  want({});
  EXPECT_EQ(looks(), before + 1);
}

TEST_F(a_sampler, resets_the_counters_even_while_paused) {
  ASSERT_TRUE(start());
  do_all();
  write("/proc/net/dev", "h\nh\n eth0: 5000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
  pass(1s);
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
  ASSERT_TRUE(start());
  do_all();
  write("/proc/stat", "cpu 40 0 0 20\n");
  write("/proc/net/dev", "h\nh\n eth0: 6000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n lo: 9 0 0 0\n");
  pass(2s);
  settings paused;
  paused.paused = true;
  want(paused);
  pass(1min);
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

TEST_F(a_sampler, calls_stale_what_it_told_last_while_its_sensors_hang_and_tells_its_age) {
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\n");
  ASSERT_TRUE(start());
  do_all();
  EXPECT_EQ(news::machine.get().memory->age, 0U);
  host_.run_for(1s);  // the next look begins, and nobody does it
  host_.run_for(1900ms);
  EXPECT_FALSE(news::network.get().interfaces[0].stale);
  host_.run_for(2100ms);
  EXPECT_TRUE(news::network.get().interfaces[0].stale);
  EXPECT_EQ(news::network.get().interfaces[0].age, 5U);
  EXPECT_TRUE(news::machine.get().processor.stale);
  EXPECT_EQ(news::machine.get().memory->age, 5U);
  EXPECT_TRUE(news::processes.get().stale);
  do_all();
  EXPECT_FALSE(news::network.get().interfaces[0].stale);
  EXPECT_EQ(news::network.get().interfaces[0].age, 0U);
  EXPECT_EQ(news::machine.get().memory->age, 0U);
}

TEST_F(a_sampler, asks_no_sensor_again_that_has_not_returned) {
  ASSERT_TRUE(start());
  host_.run_for(1min);
  EXPECT_LE(shared_work().metrics().used, 6U);
  do_all();
}

TEST_F(a_sampler, follows_a_reset_once_its_sensors_return) {
  ASSERT_TRUE(start());
  do_all();
  write("/proc/net/dev", "h\nh\n eth0: 5000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
  pass(1s);
  host_.run_for(1s);
  settings wanted;
  wanted.resets = 1;
  news::settings_changed.set(wanted);
  sampler_->settings_changed();
  host_.run_for(1s);
  EXPECT_EQ(news::network.get().interfaces[0].received, 4000U);
  pass(1s);
  EXPECT_EQ(news::network.get().interfaces[0].received, 0U);
}

/// Of the mount /dead nothing comes back until the test says so.
std::atomic<bool> device_is_back{true};
std::optional<disk_space> space_of_a_dead_mount(file_reader&, const file_path& point,
                                                const mount_entry&) noexcept {
  const bool is_dead = point.view().ends_with("/dead");
  while (is_dead && !device_is_back) std::this_thread::yield();
  return disk_space{.size = 1000};
}

TEST_F(a_sampler, goes_on_with_everything_else_while_a_mount_is_dead) {
  write("/proc/self/mountinfo",
        "27 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        "28 1 8:17 / /dead rw shared:1 - ext4 /dev/sdb1 rw\n");
  const auto disks = [] { return news::disks.get().disks; };
  musubi::hosted::worker_threads threads({.threads = 3});
  host_.loop().employ(*threads.pool());
  const auto beats_until = [&](auto&& condition) {
    while (!condition()) {
      host_.run_for(100ms);
      std::this_thread::yield();
    }
  };
  device_is_back = true;
  news::machine.set({});
  news::disks.set({});
  {
    sampler here(files(), space_of_a_dead_mount);
    musubi::task_group tasks;
    ASSERT_TRUE(here.start(tasks));
    beats_until([&] { return disks().size() == 2; });
    device_is_back = false;
    beats_until([&] { return disks()[1].age >= 10; });
    EXPECT_TRUE(disks()[1].stale);
    const std::uint32_t before = looks();
    beats_until([&] { return !disks()[0].stale && looks() >= before + 3; });
    device_is_back = true;
    beats_until([&] { return !disks()[1].stale; });
    EXPECT_EQ(disks()[1].age, 0U);
    EXPECT_EQ(threads.stop(), 0U);  // what is under way uses the sampler
  }
  host_.loop().employ(shared_work());
}

/// The chip hwmon1 answers nothing until the test says so.
std::atomic<bool> chip_is_back{true};
chip_values values_of_a_dead_chip(file_reader& reader, const chip_place& place) noexcept {
  const bool is_dead = place.folder.view().ends_with("hwmon1");
  while (is_dead && !chip_is_back) std::this_thread::yield();
  return read_chip(reader, place);
}

TEST_F(a_sampler, shows_the_other_temperatures_as_they_are_while_one_chip_hangs) {
  write("/sys/class/hwmon/hwmon0/name", "coretemp\n");
  write("/sys/class/hwmon/hwmon0/temp1_input", "41000\n");
  write("/sys/class/hwmon/hwmon1/name", "w1_slave_temp\n");
  write("/sys/class/hwmon/hwmon1/temp1_input", "21000\n");
  const auto temperatures = [] { return news::surroundings.get().climate.temperatures; };
  musubi::hosted::worker_threads threads({.threads = 3});
  host_.loop().employ(*threads.pool());
  const auto beats_until = [&](auto&& condition) {
    while (!condition()) {
      host_.run_for(100ms);
      std::this_thread::yield();
    }
  };
  chip_is_back = true;
  news::surroundings.set({});
  {
    sampler here(files(), system_space, values_of_a_dead_chip);
    musubi::task_group tasks;
    ASSERT_TRUE(here.start(tasks));
    beats_until([&] { return temperatures().size() == 2; });
    chip_is_back = false;
    beats_until([&] { return temperatures()[1].age >= 10; });
    EXPECT_TRUE(temperatures()[1].stale);
    EXPECT_EQ(temperatures()[1].name.view(), "w1_slave_temp 1");
    write("/sys/class/hwmon/hwmon0/temp1_input", "45000\n");
    beats_until([&] { return temperatures()[0].celsius > 44 && !temperatures()[0].stale; });
    chip_is_back = true;
    beats_until([&] { return !temperatures()[1].stale; });
    EXPECT_EQ(threads.stop(), 0U);  // what is under way uses the sampler
  }
  host_.loop().employ(shared_work());
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
  do_all();
  pass(1s);
  {
    const no_descriptors at_all;
    pass(2s);
    const vitals seen = news::machine.get();
    EXPECT_EQ(seen.uptime, 100U);
    EXPECT_FLOAT_EQ(seen.load->one, 0.5F);
    EXPECT_TRUE(seen.load->stale);
    EXPECT_EQ(seen.memory->total, 1000U * 1024);
    EXPECT_TRUE(seen.memory->stale);
    EXPECT_TRUE(seen.processor.stale);
    EXPECT_TRUE(news::network.get().interfaces[0].stale);
  }
  pass(2s);
  const vitals again = news::machine.get();
  EXPECT_FALSE(again.load->stale || again.memory->stale || again.processor.stale);
  EXPECT_FALSE(news::network.get().interfaces[0].stale);
}

}  // namespace gateway::test
