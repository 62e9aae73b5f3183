#include "unit/memory/counted.hpp"

#include <array>
#include <atomic>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include <musubi/async/internal/bounded_queue.hpp>

namespace musubi {
namespace {

TEST(bounded_queue, gives_out_in_the_order_it_took) {
  bounded_queue<int, 4> queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_TRUE(queue.try_put(1));
  EXPECT_TRUE(queue.try_put(2));
  EXPECT_FALSE(queue.empty());
  EXPECT_EQ(queue.try_take(), 1);
  EXPECT_EQ(queue.try_take(), 2);
  EXPECT_EQ(queue.try_take(), std::nullopt);
}

TEST(bounded_queue, refuses_when_full_and_loses_nothing) {
  bounded_queue<int, 2> queue;
  EXPECT_TRUE(queue.try_put(1));
  EXPECT_TRUE(queue.try_put(2));
  EXPECT_FALSE(queue.try_put(3));
  EXPECT_EQ(queue.try_take(), 1);
  EXPECT_TRUE(queue.try_put(4));
  EXPECT_FALSE(queue.try_put(5));
  EXPECT_EQ(queue.try_take(), 2);
  EXPECT_EQ(queue.try_take(), 4);
}

TEST(bounded_queue, goes_round_many_times) {
  bounded_queue<int, 2> queue;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(queue.try_put(i));
    ASSERT_EQ(queue.try_take(), i);
  }
}

TEST(bounded_queue, destroys_what_was_taken_and_what_was_left) {
  test::counted::alive = 0;
  {
    bounded_queue<test::counted, 4> queue;
    EXPECT_TRUE(queue.try_put(test::counted(1)));
    EXPECT_TRUE(queue.try_put(test::counted(2)));
    EXPECT_EQ(queue.try_take()->value, 1);
    EXPECT_EQ(test::counted::alive, 1);
  }
  EXPECT_EQ(test::counted::alive, 0);
}

TEST(bounded_queue, hands_every_value_of_many_threads_over_once_and_each_threads_in_order) {
  constexpr int threads = 4;
  constexpr int values = 5000;
  struct parcel {
    int sender;
    int number;
  };
  bounded_queue<parcel, 16> queue;
  std::vector<std::thread> senders;
  for (int sender = 0; sender < threads; ++sender) {
    senders.emplace_back([&queue, sender] {
      for (int number = 0; number < values; ++number) {
        while (!queue.try_put({sender, number})) std::this_thread::yield();
      }
    });
  }
  std::array<int, threads> next{};
  for (int taken = 0; taken < threads * values;) {
    const auto got = queue.try_take();
    if (!got) {
      std::this_thread::yield();
      continue;
    }
    ++taken;
    ASSERT_EQ(got->number, next[static_cast<std::size_t>(got->sender)]++);
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace musubi
