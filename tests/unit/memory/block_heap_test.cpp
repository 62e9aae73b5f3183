#include <array>
#include <cstddef>
#include <gtest/gtest.h>

#include <musubi/memory/internal/block_heap.hpp>

namespace musubi {
namespace {

constexpr std::array<std::size_t, 3> sizes{16, 64, 256};
using heap = block_heap<sizes>;
constexpr std::size_t head = sizeof(heap::head);

TEST(block_heap, makes_blocks_of_the_size_that_fits_and_counts_them) {
  alignas(std::max_align_t) std::byte region[1024];
  heap blocks;
  blocks.add(region, sizeof region);
  void* const small = blocks.allocate(1);
  void* const middle = blocks.allocate(17);
  EXPECT_EQ(heap::size_of(small), 16U);
  EXPECT_EQ(heap::size_of(middle), 64U);
  EXPECT_EQ(blocks.used(), 16 + 64 + 2 * head);
  blocks.deallocate(middle);
  EXPECT_EQ(blocks.used(), 16 + head);
  EXPECT_EQ(blocks.high_water(), 16 + 64 + 2 * head);
  EXPECT_EQ(blocks.taken(), blocks.high_water());
}

TEST(block_heap, gives_a_block_again_that_was_released) {
  alignas(std::max_align_t) std::byte region[64 + head];
  heap blocks;
  blocks.add(region, sizeof region);
  void* const first = blocks.allocate(64);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(blocks.allocate(64), nullptr);
  EXPECT_EQ(blocks.failures(), 1U);
  blocks.deallocate(first);
  EXPECT_EQ(blocks.allocate(20), first);
}

TEST(block_heap, gives_a_larger_block_when_nothing_else_is_left) {
  alignas(std::max_align_t) std::byte region[256 + head];
  heap blocks;
  blocks.add(region, sizeof region);
  void* const large = blocks.allocate(256);
  blocks.deallocate(large);
  EXPECT_EQ(blocks.allocate(1), large);
  EXPECT_EQ(blocks.used(), 256 + head);
}

TEST(block_heap, has_no_block_larger_than_its_largest) {
  alignas(std::max_align_t) std::byte region[1024];
  heap blocks;
  blocks.add(region, sizeof region);
  EXPECT_EQ(blocks.allocate(257), nullptr);
  EXPECT_EQ(blocks.failures(), 1U);
}

TEST(block_heap, uses_what_was_left_when_it_gets_more) {
  alignas(std::max_align_t) std::byte first[80 + 2 * head];
  alignas(std::max_align_t) std::byte second[256 + head];
  heap blocks;
  blocks.add(first, sizeof first);
  blocks.add(second, sizeof second);
  EXPECT_NE(blocks.allocate(256), nullptr);
  EXPECT_NE(blocks.allocate(64), nullptr);
  EXPECT_NE(blocks.allocate(16), nullptr);
  EXPECT_EQ(blocks.allocate(1), nullptr);
  EXPECT_EQ(blocks.bytes(), sizeof first + sizeof second);
}

}  // namespace
}  // namespace musubi
