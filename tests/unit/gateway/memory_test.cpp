#include "sensors/memory.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class memory : public machine {};

TEST_F(memory, reads_memory_and_swap_in_bytes) {
  write("/proc/meminfo",
        "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    600 kB\n"
        "Buffers:          10 kB\nCached:          400 kB\nSReclaimable:     90 kB\n"
        "SwapTotal:       200 kB\nSwapFree:        150 kB\n");
  const auto reading = read([](file_reader& reader) { return read_memory(reader); });
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->total, 1000U * 1024);
  EXPECT_EQ(reading->available, 600U * 1024);
  EXPECT_EQ(reading->used, 400U * 1024);
  EXPECT_EQ(reading->cached, 500U * 1024);
  ASSERT_TRUE(reading->swap);
  EXPECT_EQ(reading->swap->total, 200U * 1024);
  EXPECT_EQ(reading->swap->used, 50U * 1024);
}

TEST_F(memory, has_no_swap_on_a_machine_without) {
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_memory(reader); })->swap);
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_memory(reader); })->swap);
}

TEST_F(memory, works_out_what_is_available_on_an_old_kernel) {
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 250 kB\n");
  EXPECT_EQ(read([](file_reader& reader) { return read_memory(reader); })->available, 400U * 1024);
}

TEST_F(memory, never_has_more_available_than_there_is) {
  write("/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 900 kB\nMemAvailable: 1200 kB\n");
  EXPECT_EQ(read([](file_reader& reader) { return read_memory(reader); })->available, 1000U * 1024);
  EXPECT_EQ(read([](file_reader& reader) { return read_memory(reader); })->used, 0U);
}

TEST_F(memory, is_absent_when_the_total_is_missing_or_malformed) {
  EXPECT_FALSE(read([](file_reader& reader) { return read_memory(reader); }));
  write("/proc/meminfo", "MemTotal: much kB\nMemFree: 900 kB\n");
  EXPECT_FALSE(read([](file_reader& reader) { return read_memory(reader); }));
}

TEST_F(memory, does_not_count_what_programs_share_among_what_can_be_freed) {
  // Before Linux 3.14: no MemAvailable.
  write("/proc/meminfo",
        "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 10 kB\nCached: 400 kB\nShmem: 300 kB\n");
  EXPECT_EQ(read([](file_reader& reader) { return read_memory(reader); })->available,
            (100U + 110U) * 1024);
}

TEST_F(memory, is_absent_if_its_numbers_are_impossible) {
  for (const char* text :
       {"MemTotal: 0 kB\nMemFree: 0 kB\n", "MemTotal: 18446744073709551615 kB\nMemFree: 1 kB\n",
        "MemTotal: -1 kB\nMemFree: 1 kB\n", "MemTotal: 10 kB\n"}) {
    write("/proc/meminfo", text);
    EXPECT_FALSE(read([](file_reader& reader) { return read_memory(reader); })) << text;
  }
}

}  // namespace gateway::test
