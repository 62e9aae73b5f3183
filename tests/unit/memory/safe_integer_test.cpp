#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

#include <musubi/memory/internal/as_text.hpp>
#include <musubi/memory/safe_integer.hpp>

namespace musubi {
namespace {

TEST(safe_integer, is_the_number_that_it_was_made_of) {
  EXPECT_EQ(safe_integer(), 0);
  EXPECT_EQ(safe_integer(std::uint64_t{12}), 12);
  EXPECT_EQ(safe_integer(std::int8_t{-5}), -5);
  EXPECT_EQ(safe_integer(safe_integer::max), 9007199254740991);
}

TEST(safe_integer, stops_at_its_ends) {
  EXPECT_EQ(safe_integer(std::numeric_limits<std::uint64_t>::max()), safe_integer::max);
  EXPECT_EQ(safe_integer(std::numeric_limits<std::int64_t>::min()), safe_integer::min);
  EXPECT_EQ(safe_integer(safe_integer::max + 1), safe_integer::max);
}

TEST(safe_integer, counts_and_stops_at_its_ends) {
  safe_integer count = 1;
  count += 4;
  ++count;
  EXPECT_EQ(count, 6);
  count -= 10;
  --count;
  EXPECT_EQ(count, -5);
  count += safe_integer::max;
  count += safe_integer::max;
  EXPECT_EQ(count, safe_integer::max);
  count -= std::numeric_limits<std::uint64_t>::max();
  count -= std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(count, safe_integer::min);
}

TEST(safe_integer, is_nothing_of_a_number_beyond_for_whoever_asks) {
  EXPECT_EQ(safe_integer::from(std::uint64_t{7}), safe_integer(7));
  EXPECT_EQ(safe_integer::from(safe_integer::min), safe_integer(safe_integer::min));
  EXPECT_FALSE(safe_integer::from(safe_integer::max + 1).has_value());
  EXPECT_FALSE(safe_integer::from(std::numeric_limits<std::uint64_t>::max()).has_value());
}

TEST(safe_integer, computes_as_a_plain_integer) {
  const safe_integer total = 100;
  const safe_integer used = 30;
  EXPECT_EQ(total - used, 70);
  EXPECT_TRUE(used < total && used <= 30 && total != used);
  EXPECT_EQ(used * 100 / total, 30);
}

TEST(as_text, is_the_number_that_it_was_made_of) {
  constexpr as_text<std::uint64_t> serial = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(serial, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(as_text<std::int64_t>(), 0);
}

}  // namespace
}  // namespace musubi
