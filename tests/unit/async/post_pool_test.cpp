#include "unit/memory/counted.hpp"
#include "unit/memory/region.hpp"

#include <array>
#include <gtest/gtest.h>
#include <optional>
#include <thread>
#include <vector>

#include <musubi/async/internal/inbox.hpp>
#include <musubi/async/internal/post_pool.hpp>

namespace musubi::test {
namespace {

/// A pool with memory of its own.
struct lent_posts {
  explicit lent_posts(size_class blocks)
      : memory([&] {
          carver measure;
          const post_pool measured(measure, blocks);
          return measure.used();
        }()),
        carved(memory.carve()),
        pool(carved, blocks) {}
  region memory;
  carver carved;
  post_pool pool;
};

TEST(a_post_pool, lends_each_block_once_and_counts_what_it_could_not_lend) {
  lent_posts few({100, 2});
  void* const first = few.pool.take(100);
  void* const second = few.pool.take(1);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_NE(first, second);
  EXPECT_EQ(few.pool.take(1), nullptr);
  few.pool.release(first);
  EXPECT_EQ(few.pool.take(64), first);
  EXPECT_EQ(few.pool.metrics().used, 2U);
  EXPECT_EQ(few.pool.metrics().high_water, 2U);
  EXPECT_EQ(few.pool.metrics().failures, 1U);
}

TEST(a_post_pool, refuses_what_is_longer_than_its_blocks) {
  lent_posts few({100, 2});
  EXPECT_EQ(few.pool.take(few.pool.metrics().block_bytes + 1), nullptr);
  EXPECT_EQ(few.pool.metrics().failures, 1U);
}

TEST(a_post_pool, without_blocks_takes_no_memory_and_refuses) {
  lent_posts none({});
  EXPECT_EQ(none.carved.used(), 0U);
  EXPECT_EQ(none.pool.take(1), nullptr);
}

TEST(an_inbox, gives_messages_in_order_and_returns_their_blocks) {
  lent_posts some({64, 4});
  counted::alive = 0;
  inbox<counted, 4> into;
  for (int i = 1; i <= 3; ++i) EXPECT_TRUE(into.put(some.pool, counted(i)));
  std::vector<int> taken;
  into.take_all(some.pool, [&](const counted& each) { taken.push_back(each.value); });
  EXPECT_EQ(taken, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(counted::alive, 0);
  EXPECT_EQ(some.pool.metrics().used, 0U);
}

TEST(an_inbox, takes_no_more_than_its_depth_of_a_pool_with_more_blocks) {
  lent_posts some({64, 4});
  inbox<int, 2> narrow;
  EXPECT_TRUE(narrow.put(some.pool, 1));
  EXPECT_TRUE(narrow.put(some.pool, 2));
  EXPECT_FALSE(narrow.put(some.pool, 3));
  EXPECT_EQ(some.pool.metrics().used, 2U);
  EXPECT_EQ(some.pool.metrics().failures, 1U);
  narrow.take_all(some.pool, [](int) {});
  EXPECT_TRUE(narrow.put(some.pool, 4));
  narrow.take_all(some.pool, [](int) {});
}

TEST(an_inbox, loses_nothing_that_several_threads_put_while_another_takes) {
  constexpr int senders = 3;
  constexpr int each_sends = 500;
  lent_posts some({64, 8});
  inbox<int, 8> shared;
  std::vector<std::thread> threads;
  for (int sender = 0; sender < senders; ++sender) {
    threads.emplace_back([&, sender] {
      for (int i = 0; i < each_sends;) {
        if (shared.put(some.pool, sender * each_sends + i)) {
          ++i;
        } else {
          std::this_thread::yield();
        }
      }
    });
  }
  std::array<int, senders> next{};
  for (int taken = 0; taken < senders * each_sends;) {
    shared.take_all(some.pool, [&](int number) {
      int& expected = next[static_cast<std::size_t>(number / each_sends)];
      EXPECT_EQ(number % each_sends, expected);
      ++expected;
      ++taken;
    });
    std::this_thread::yield();
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(some.pool.metrics().used, 0U);
}

}  // namespace
}  // namespace musubi::test
