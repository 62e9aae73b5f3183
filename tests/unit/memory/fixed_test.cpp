#include <gtest/gtest.h>
#include <limits>

#include <musubi/memory/fixed.hpp>

namespace musubi {
namespace {

TEST(fixed, is_what_it_was_made_of_and_zero_at_first) {
  EXPECT_EQ(fixed<1>().scaled(), 0);
  EXPECT_EQ(fixed<1>::from_scaled(215).scaled(), 215);
  EXPECT_EQ(fixed<9>::from_scaled(std::numeric_limits<std::int32_t>::min()).scaled(),
            std::numeric_limits<std::int32_t>::min());
}

TEST(fixed, is_ordered_as_its_number) {
  EXPECT_EQ(fixed<2>::from_scaled(-5), fixed<2>::from_scaled(-5));
  EXPECT_LT(fixed<2>::from_scaled(-5), fixed<2>::from_scaled(4));
}

}  // namespace
}  // namespace musubi
