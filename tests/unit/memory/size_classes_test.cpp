#include "unit/memory/region.hpp"

#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

#include <musubi/memory/internal/size_classes.hpp>

namespace musubi {
namespace {

class size_classes : public ::testing::Test {
 protected:
  void TearDown() override { fault::disarm(); }
  [[nodiscard]] std::uint32_t used(std::size_t index) const {
    return pools_.pools()[index].metrics().used;
  }

  test::region memory_{8192};
  carver carver_ = memory_.carve();
  size_class_pools<3> pools_{"frames", carver_, {{{64, 2}, {256, 1}, {1024, 1}}}};
};

TEST_F(size_classes, serve_a_request_from_the_smallest_class_that_fits) {
  EXPECT_NE(pools_.allocate(1), nullptr);
  EXPECT_EQ(used(0), 1U);
  EXPECT_NE(pools_.allocate(64), nullptr);
  EXPECT_EQ(used(0), 2U);
  EXPECT_NE(pools_.allocate(65), nullptr);
  EXPECT_EQ(used(1), 1U);
  EXPECT_NE(pools_.allocate(1024), nullptr);
  EXPECT_EQ(used(2), 1U);
}

TEST_F(size_classes, hand_out_all_the_bytes_they_promise_aligned_for_any_scalar) {
  for (const std::size_t bytes : {64U, 256U, 1024U}) {
    void* usable = pools_.allocate(bytes);
    ASSERT_NE(usable, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(usable) % alignof(std::max_align_t), 0U);
    std::memset(usable, 0, bytes);
  }
  EXPECT_EQ(used(0) + used(1) + used(2), 3U);
}

TEST_F(size_classes, fall_back_to_a_larger_class_when_one_is_empty) {
  (void)pools_.allocate(64);
  (void)pools_.allocate(64);
  EXPECT_NE(pools_.allocate(64), nullptr);
  EXPECT_EQ(used(1), 1U);
  EXPECT_NE(pools_.allocate(64), nullptr);
  EXPECT_EQ(used(2), 1U);
}

TEST_F(size_classes, answer_null_when_every_class_that_fits_is_empty_and_count_it) {
  (void)pools_.allocate(1024);
  EXPECT_EQ(pools_.allocate(1024), nullptr);
  EXPECT_EQ(pools_.pools()[2].metrics().failures, 1U);
  EXPECT_NE(pools_.allocate(64), nullptr);  // smaller ones are not concerned
  EXPECT_EQ(pools_.oversize(), 0U);
}

TEST_F(size_classes, answer_null_to_what_no_class_fits_and_count_it) {
  EXPECT_EQ(pools_.allocate(1025), nullptr);
  EXPECT_EQ(pools_.allocate(std::numeric_limits<std::size_t>::max()), nullptr);
  EXPECT_EQ(pools_.oversize(), 2U);
}

TEST_F(size_classes, take_a_block_back_without_being_told_its_size) {
  void* small = pools_.allocate(10);
  void* large = pools_.allocate(1000);
  size_class_pools<3>::deallocate(large);
  EXPECT_EQ(used(2), 0U);
  EXPECT_EQ(used(0), 1U);
  size_class_pools<3>::deallocate(small);
  EXPECT_EQ(used(0), 0U);
  EXPECT_EQ(pools_.allocate(1000), large);
}

TEST_F(size_classes, take_null_back_as_nothing) {
  size_class_pools<3>::deallocate(nullptr);
  EXPECT_EQ(used(0) + used(1) + used(2), 0U);
}

TEST_F(size_classes, leave_out_a_class_of_which_there_are_none) {
  size_class_pools<3> sparse("frames", carver_, {{{64, 1}, {256, 0}, {512, 0}}});
  EXPECT_EQ(sparse.largest(), 64U);
  EXPECT_NE(sparse.allocate(8), nullptr);
  EXPECT_EQ(sparse.allocate(8), nullptr);
  EXPECT_EQ(sparse.allocate(100), nullptr);
  EXPECT_EQ(sparse.oversize(), 1U);
}

TEST_F(size_classes, tell_the_largest_request_they_can_serve) {
  EXPECT_GE(pools_.largest(), 1024U);
  EXPECT_EQ(size_class_pools<3>().largest(), 0U);
}

TEST_F(size_classes, share_one_name) {
  for (const block_pool& pool : pools_.pools()) EXPECT_EQ(pool.metrics().name, "frames");
}

TEST_F(size_classes, refuse_the_request_that_a_test_armed) {
  fault::arm(1);
  EXPECT_EQ(pools_.allocate(8), nullptr);
  EXPECT_EQ(used(0), 0U);
  EXPECT_NE(pools_.allocate(8), nullptr);
}

}  // namespace
}  // namespace musubi
