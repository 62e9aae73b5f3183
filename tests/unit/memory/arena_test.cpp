#include "unit/memory/region.hpp"

#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

#include <musubi/memory/internal/arena.hpp>

namespace musubi {
namespace {

class arenas : public ::testing::Test {
 protected:
  void TearDown() override { fault::disarm(); }

  test::region memory_{256};
  carver carver_ = memory_.carve();
  arena arena_{"decode", carver_, 64};
};

TEST_F(arenas, hand_out_aligned_parts_that_do_not_overlap) {
  auto* first = static_cast<std::byte*>(arena_.allocate(5));
  auto* second = static_cast<std::byte*>(arena_.allocate(5));
  ASSERT_NE(second, nullptr);
  EXPECT_GE(second, first + 5);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % alignof(std::max_align_t), 0U);
}

TEST_F(arenas, hand_out_all_they_have) {
  void* all = arena_.allocate(64);
  ASSERT_NE(all, nullptr);
  std::memset(all, 0, 64);
  EXPECT_EQ(arena_.metrics().used, 64U);
}

TEST_F(arenas, answer_null_when_used_up_and_count_it) {
  EXPECT_NE(arena_.allocate(60), nullptr);
  EXPECT_EQ(arena_.allocate(8), nullptr);
  EXPECT_EQ(arena_.allocate(std::numeric_limits<std::size_t>::max()), nullptr);
  EXPECT_EQ(arena_.metrics().failures, 2U);
  EXPECT_EQ(arena_.metrics().used, 60U);
}

TEST_F(arenas, take_everything_back_at_once) {
  void* first = arena_.allocate(60);
  arena_.reset();
  EXPECT_EQ(arena_.metrics().used, 0U);
  EXPECT_EQ(arena_.allocate(64), first);
}

TEST_F(arenas, remember_the_most_bytes_ever_out) {
  (void)arena_.allocate(48);
  arena_.reset();
  (void)arena_.allocate(4);
  EXPECT_EQ(arena_.metrics().high_water, 48U);
  EXPECT_EQ(arena_.metrics().name, "decode");
  EXPECT_EQ(arena_.metrics().capacity, 64U);
}

TEST_F(arenas, have_nothing_when_made_by_default) {
  arena none;
  EXPECT_EQ(none.allocate(1), nullptr);
}

TEST_F(arenas, refuse_the_request_that_a_test_armed) {
  fault::arm(1);
  EXPECT_EQ(arena_.allocate(4), nullptr);
  EXPECT_NE(arena_.allocate(4), nullptr);
}

}  // namespace
}  // namespace musubi
