#include "unit/memory/counted.hpp"
#include "unit/memory/region.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <set>
#include <vector>

#include <musubi/memory/block_pool.hpp>

namespace musubi {
namespace {

class block_pools : public ::testing::Test {
 protected:
  void TearDown() override { fault::disarm(); }

  test::region memory_{4096};
  carver carver_ = memory_.carve();
};

TEST_F(block_pools, tell_their_name_and_size) {
  const block_pool pool("pages", carver_, 50, 3);
  EXPECT_EQ(pool.metrics().name, "pages");
  EXPECT_EQ(pool.metrics().capacity, 3U);
  EXPECT_EQ(pool.metrics().used, 0U);
  EXPECT_EQ(pool.available(), 3U);
  EXPECT_GE(pool.block_bytes(), 50U);
}

TEST_F(block_pools, take_as_much_memory_as_they_measured) {
  carver measure;
  const block_pool measured("pages", measure, 50, 3);
  const block_pool real("pages", carver_, 50, 3);
  EXPECT_EQ(measure.used(), carver_.used());
  EXPECT_EQ(measure.used(), real.block_bytes() * 3);
}

TEST_F(block_pools, hand_out_aligned_blocks_that_do_not_overlap) {
  block_pool pool("pages", carver_, 20, 8);
  std::set<std::uintptr_t> blocks;
  for (int i = 0; i < 8; ++i) {
    void* block = pool.allocate();
    ASSERT_NE(block, nullptr);
    EXPECT_TRUE(pool.owns(block));
    std::memset(block, 0xFF, pool.block_bytes());
    blocks.insert(reinterpret_cast<std::uintptr_t>(block));
  }
  ASSERT_EQ(blocks.size(), 8U);
  std::uintptr_t previous = 0;
  for (const std::uintptr_t block : blocks) {
    EXPECT_EQ(block % alignof(std::max_align_t), 0U);
    EXPECT_TRUE(previous == 0 || block - previous >= pool.block_bytes());
    previous = block;
  }
}

TEST_F(block_pools, answer_null_when_all_blocks_are_out_and_count_it) {
  block_pool pool("pages", carver_, 16, 2);
  EXPECT_NE(pool.allocate(), nullptr);
  EXPECT_NE(pool.allocate(), nullptr);
  EXPECT_TRUE(pool.exhausted());
  EXPECT_EQ(pool.allocate(), nullptr);
  EXPECT_EQ(pool.allocate(), nullptr);
  EXPECT_EQ(pool.metrics().failures, 2U);
  EXPECT_EQ(pool.metrics().used, 2U);
}

TEST_F(block_pools, serve_again_once_a_block_is_back) {
  block_pool pool("pages", carver_, 16, 1);
  void* block = pool.allocate();
  EXPECT_EQ(pool.allocate(), nullptr);
  pool.deallocate(block);
  EXPECT_EQ(pool.available(), 1U);
  EXPECT_EQ(pool.allocate(), block);
}

TEST_F(block_pools, hand_out_the_block_returned_last) {
  block_pool pool("pages", carver_, 16, 4);
  void* first = pool.allocate();
  void* second = pool.allocate();
  pool.deallocate(first);
  pool.deallocate(second);
  EXPECT_EQ(pool.allocate(), second);
  EXPECT_EQ(pool.allocate(), first);
}

TEST_F(block_pools, remember_the_most_blocks_ever_out) {
  block_pool pool("pages", carver_, 16, 4);
  void* first = pool.allocate();
  void* second = pool.allocate();
  pool.deallocate(first);
  pool.deallocate(second);
  (void)pool.allocate();
  EXPECT_EQ(pool.metrics().used, 1U);
  EXPECT_EQ(pool.metrics().high_water, 2U);
}

TEST_F(block_pools, do_not_touch_blocks_that_were_never_used) {
  block_pool pool("pages", carver_, 32, 16);
  void* block = pool.allocate();
  std::memset(block, 0, pool.block_bytes());
  pool.deallocate(block);
  const std::byte* end = memory_.begin() + pool.block_bytes() * 16;
  EXPECT_TRUE(std::all_of(memory_.begin() + pool.block_bytes(), const_cast<std::byte*>(end),
                          [](std::byte b) { return b == test::region::untouched; }));
}

TEST_F(block_pools, know_their_own_blocks) {
  block_pool one("one", carver_, 16, 1);
  block_pool other("other", carver_, 16, 1);
  void* block = one.allocate();
  EXPECT_TRUE(one.owns(block));
  EXPECT_FALSE(other.owns(block));
  EXPECT_FALSE(one.owns(&block));
}

TEST_F(block_pools, have_nothing_when_made_by_default) {
  block_pool pool;
  EXPECT_TRUE(pool.exhausted());
  EXPECT_EQ(pool.allocate(), nullptr);
}

TEST_F(block_pools, refuse_the_request_that_a_test_armed) {
  block_pool pool("pages", carver_, 16, 4);
  fault::arm(2);
  EXPECT_NE(pool.allocate(), nullptr);
  EXPECT_EQ(pool.allocate(), nullptr);
  EXPECT_NE(pool.allocate(), nullptr);
  EXPECT_EQ(pool.metrics().failures, 1U);
  EXPECT_EQ(pool.metrics().used, 2U);
}

TEST_F(block_pools, hold_objects) {
  test::counted::alive = 0;
  block_pool pool("pages", carver_, sizeof(test::counted), 1);
  auto* made = make_in<test::counted>(pool, 7);
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->value, 7);
  EXPECT_EQ(make_in<test::counted>(pool, 8), nullptr);
  EXPECT_EQ(test::counted::alive, 1);
  destroy_in(pool, made);
  EXPECT_EQ(test::counted::alive, 0);
  EXPECT_EQ(pool.metrics().used, 0U);
}

}  // namespace
}  // namespace musubi
