#include "unit/memory/region.hpp"

#include <cstdint>
#include <gtest/gtest.h>

#include <musubi/memory/carver.hpp>

namespace musubi {
namespace {

constexpr std::size_t lay_out(carver memory) {
  (void)memory.take(3);
  (void)memory.take(40);
  (void)memory.take(1, 1);
  (void)memory.take(8, 8);
  return memory.used();
}

TEST(carver, measures_when_compiling_what_it_hands_out_later) {
  constexpr std::size_t needed = lay_out(carver());
  test::region memory(needed);
  EXPECT_EQ(lay_out(memory.carve()), needed);
}

TEST(carver, hands_out_null_while_it_measures) {
  carver measure;
  EXPECT_TRUE(measure.measuring());
  EXPECT_EQ(measure.take(16), nullptr);
  EXPECT_EQ(measure.used(), 16U);
}

TEST(carver, hands_out_parts_in_order_that_do_not_overlap) {
  test::region memory(64);
  carver cut = memory.carve();
  EXPECT_FALSE(cut.measuring());
  std::byte* first = cut.take(5, 1);
  std::byte* second = cut.take(8, 8);
  EXPECT_EQ(first, memory.begin());
  EXPECT_EQ(second, memory.begin() + 8);
}

TEST(carver, aligns_every_part_for_any_scalar) {
  test::region memory(256);
  carver cut = memory.carve();
  for (std::size_t bytes = 1; bytes < 8; ++bytes) {
    const auto address = reinterpret_cast<std::uintptr_t>(cut.take(bytes));
    EXPECT_EQ(address % alignof(std::max_align_t), 0U);
  }
}

}  // namespace
}  // namespace musubi
