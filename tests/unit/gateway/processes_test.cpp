#include "sensors/processes.hpp"

#include "machine_fixture.hpp"

#include <memory>
#include <unistd.h>

namespace gateway::test {

using namespace std::chrono_literals;

class processes : public machine {
 protected:
  void run(int pid, const std::string& name, std::uint64_t ticks, std::uint64_t pages = 1,
           std::uint64_t started = 100) const {
    // state ppid pgrp session tty tpgid flags faults(4) utime stime cutime cstime priority nice
    // threads itrealvalue starttime vsize rss rsslim
    write("/proc/" + std::to_string(pid) + "/stat",
          std::to_string(pid) + " (" + name + ") S 1 1 1 0 -1 4194560 0 0 0 0 " +
              std::to_string(ticks) + " 0 0 0 20 0 1 0 " + std::to_string(started) + " 4096 " +
              std::to_string(pages) + " 18446744073709551615 1 2 3\n");
  }
  const processes_reading& look(clock::time_point now) {
    sensor_->begin(now);
    while (sensor_->step(16)) {
    }
    return sensor_->reading();
  }
  std::uint64_t second_ = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  std::unique_ptr<processes_sensor> sensor_ = std::make_unique<processes_sensor>(files());
};

TEST_F(processes, ranks_by_what_they_used_since_the_last_look) {
  run(1, "init", 9000);
  run(20, "busy", 0);
  run(30, "half", 0);
  const auto first = look(after(1s));
  EXPECT_EQ(first.total, 3U);
  EXPECT_FALSE(first.busiest[0].busy);

  run(20, "busy", second_);
  run(30, "half", second_ / 2);
  const auto second = look(after(1s));
  ASSERT_EQ(second.busiest.size(), 3U);
  EXPECT_EQ(second.busiest[0].pid, 20U);
  EXPECT_EQ(second.busiest[0].name.view(), "busy");
  EXPECT_FLOAT_EQ(second.busiest[0].busy.value(), 100.0F);
  EXPECT_EQ(second.busiest[1].pid, 30U);
  EXPECT_FLOAT_EQ(second.busiest[1].busy.value(), 50.0F);
  EXPECT_FLOAT_EQ(second.busiest[2].busy.value(), 0.0F);
}

TEST_F(processes, ranks_equals_by_memory) {
  run(1, "small", 0, 1);
  run(2, "large", 0, 100);
  const auto reading = look(after(1s));
  EXPECT_EQ(reading.busiest[0].name.view(), "large");
  EXPECT_EQ(reading.busiest[0].memory, 100U * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
}

TEST_F(processes, takes_any_name) {
  run(1, "a) R (b c", 0);
  EXPECT_EQ(look(after(1s)).busiest[0].name.view(), "a) R (b c");
}

TEST_F(processes, counts_all_that_a_new_process_used) {
  run(1, "init", 0);
  (void)look(after(1s));
  run(2, "new", second_ / 4, 1, 500);
  EXPECT_FLOAT_EQ(look(after(1s)).busiest[0].busy.value(), 25.0F);
}

TEST_F(processes, is_not_fooled_by_a_pid_that_is_used_again) {
  run(2, "old", 50 * second_);
  (void)look(after(1s));
  run(2, "new", second_ / 2, 1, 900);
  EXPECT_FLOAT_EQ(look(after(1s)).busiest[0].busy.value(), 50.0F);
}

TEST_F(processes, forgets_a_process_that_ended) {
  run(1, "init", 0);
  run(2, "short", 0);
  (void)look(after(1s));
  remove("/proc/2");
  const auto reading = look(after(1s));
  EXPECT_EQ(reading.total, 1U);
  EXPECT_EQ(reading.busiest.size(), 1U);
}

TEST_F(processes, skips_what_it_does_not_understand) {
  run(1, "init", 0);
  write("/proc/2/stat", "2 no brackets S 1\n");
  write("/proc/3/stat", "3 (short) S 1 2\n");
  write("/proc/4/status", "");
  write("/proc/self/stat", "");
  const auto reading = look(after(1s));
  EXPECT_EQ(reading.total, 1U);
  EXPECT_EQ(reading.busiest.size(), 1U);
}

TEST_F(processes, goes_a_few_at_a_time) {
  for (int i = 1; i <= 40; ++i) run(i, "p", 0);
  sensor_->begin(after(1s));
  EXPECT_TRUE(sensor_->step(16));
  EXPECT_EQ(sensor_->reading().total, 0U);
  EXPECT_TRUE(sensor_->step(16));
  EXPECT_FALSE(sensor_->step(16));
  EXPECT_EQ(sensor_->reading().total, 40U);
  EXPECT_EQ(sensor_->reading().busiest.size(), processes_reading::most);
}

TEST_F(processes, counts_those_that_it_cannot_follow) {
  const int count = static_cast<int>(processes_sensor::watched) + 10;
  for (int i = 1; i <= count; ++i) run(i, "p", 0);
  const auto reading = look(after(1s));
  EXPECT_EQ(reading.total, static_cast<std::uint32_t>(count));
  EXPECT_EQ(reading.unwatched, 10U);
}

TEST_F(processes, is_empty_where_there_is_no_proc) {
  const auto reading = look(after(1s));
  EXPECT_EQ(reading.total, 0U);
  EXPECT_TRUE(reading.busiest.empty());
}

TEST(processes_of_this_machine, contain_this_test) {
  const auto sensor = std::make_unique<processes_sensor>(gateway::file_tree("/"));
  sensor->begin(clock::now());
  while (sensor->step(16)) {
  }
  EXPECT_GE(sensor->reading().total, 1U);
}

TEST_F(processes, shows_the_last_look_and_says_so_when_it_cannot_look) {
  run(1, "init", 0);
  run(20, "busy", 0);
  (void)look(after(1s));
  {
    const no_descriptors at_all;
    EXPECT_TRUE(look(after(1s)).stale);
    EXPECT_EQ(sensor_->reading().total, 2U);
  }
  run(20, "busy", second_);
  const auto again = look(after(1s));
  EXPECT_FALSE(again.stale);
  EXPECT_FLOAT_EQ(again.busiest[0].busy.value(), 50.0F);  // a second's work in two
}

TEST_F(processes, is_not_misled_by_what_ended_half_way_through_the_list) {
  run(1, "init", 0);
  run(20, "one of many", 0);
  (void)look(after(1s));
  fail("/proc/20/stat");  // and this one did not end
  EXPECT_TRUE(look(after(1s)).stale);
  EXPECT_EQ(sensor_->reading().total, 2U);
}

}  // namespace gateway::test
