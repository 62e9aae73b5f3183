#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include <musubi/async/internal/latest_value.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::detail {
namespace {

/// Whole only if all its words are equal.
struct wide {
  std::array<std::uint32_t, 64> words{};
  static wide of(std::uint32_t number) {
    wide made;
    made.words.fill(number);
    return made;
  }
  [[nodiscard]] bool whole() const {
    for (const std::uint32_t each : words) {
      if (each != words[0]) return false;
    }
    return true;
  }
};

constinit latest_value<int> made_before_main{3};

TEST(a_latest_value, is_there_before_anything_runs) {
  EXPECT_EQ(made_before_main.get(), 3);
}

TEST(a_latest_value, is_what_was_set_last) {
  latest_value<text<8>> value("one");
  for (int i = 0; i < 10; ++i) {
    value.set("two");
    value.set("three");
    EXPECT_EQ(value.get(), "three");
  }
}

TEST(a_latest_value, has_another_version_whenever_it_was_set) {
  latest_value<int> value(1);
  std::uint32_t first = 0;
  (void)value.get(first);
  EXPECT_EQ(value.version(), first);
  value.set(1);
  std::uint32_t second = 0;
  (void)value.get(second);
  EXPECT_NE(second, first);
  EXPECT_EQ(value.version(), second);
}

TEST(a_latest_value, is_changed_in_place) {
  latest_value<int> value(1);
  value.update([](int& now) { now += 2; });
  EXPECT_EQ(value.get(), 3);
}

// As an interrupt does that comes while the thread sets the value.
TEST(a_latest_value, may_be_set_and_read_while_it_is_being_changed) {
  latest_value<int> value(1);
  int calls = 0;
  value.update([&](int& now) {
    if (++calls == 1) {
      EXPECT_EQ(value.get(), 1);
      value.set(10);
      value.update([](int& inner) { inner += 5; });
      EXPECT_EQ(value.get(), 15);
    }
    now += 1;
  });
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(value.get(), 16);
}

/// Whose copying is interrupted: by the last handler, which is then done.
struct interrupted {
  explicit interrupted(int first) noexcept : number(first) {}
  interrupted(const interrupted& other) noexcept : number(other.number) {
    if (handlers.empty()) return;
    const auto handler = handlers.back();
    handlers.pop_back();
    handler();
  }
  interrupted& operator=(const interrupted& other) noexcept = default;
  int number;
  static inline std::vector<std::function<void()>> handlers;
};

TEST(a_latest_value, makes_no_interrupt_wait_for_what_it_interrupted) {
  latest_value<interrupted> value(interrupted(0));
  const auto add = [&](int more) {
    value.update([&](interrupted& latest) { latest.number += more; });
  };
  interrupted::handlers = {[&] {  // interrupts the interrupt below
                             value.set(interrupted(5));
                             value.set(interrupted(6));
                             value.set(interrupted(7));
                           },
                           [&] { add(10); }};
  add(100);
  EXPECT_EQ(value.get().number, 117);
}

TEST(a_latest_value, is_never_seen_half_by_other_threads) {
  latest_value<wide> value(wide::of(0));
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  std::atomic<int> torn{0};
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done.load()) {
        if (!value.get().whole()) torn.fetch_add(1);
      }
    });
  }
  std::vector<std::thread> writers;
  for (std::uint32_t writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&, writer] {
      for (std::uint32_t i = 0; i < 2000; ++i) value.set(wide::of(writer * 10000 + i));
    });
  }
  for (std::thread& each : writers) each.join();
  done.store(true);
  for (std::thread& each : readers) each.join();
  EXPECT_EQ(torn.load(), 0);
  EXPECT_TRUE(value.get().whole());
}

TEST(a_latest_value, loses_no_change_of_several_threads) {
  constexpr int threads = 3;
  constexpr int changes = 2000;
  latest_value<int> value(0);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&] {
      for (int n = 0; n < changes; ++n) value.update([](int& now) { ++now; });
    });
  }
  for (std::thread& each : all) each.join();
  EXPECT_EQ(value.get(), threads * changes);
}

}  // namespace
}  // namespace musubi::detail
