#include <charconv>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <string_view>

#include <musubi/memory/decimal.hpp>

namespace musubi {
namespace {

TEST(put_decimal, writes_integers_as_to_chars_does) {
  const auto expect_same = [](auto value) {
    char bytes[20];
    char expected[20];
    const std::string_view text(bytes, detail::put_decimal(bytes, value));
    ASSERT_EQ(text, std::string_view(
                        expected, std::to_chars(expected, expected + sizeof expected, value).ptr));
  };
  for (std::uint32_t value = 0; value < 100100; ++value) expect_same(value);
  for (std::uint64_t power = 10; power < 5000000000U; power *= 10) {
    for (const std::uint64_t value : {power - 1, power, power + 1}) {
      expect_same(static_cast<std::uint32_t>(value));
      expect_same(static_cast<std::int32_t>(value));
      expect_same(-static_cast<std::int32_t>(value));
    }
  }
  expect_same(std::numeric_limits<std::uint32_t>::max());
  expect_same(std::numeric_limits<std::int32_t>::min());
  expect_same(std::int8_t{-128});
  expect_same(std::numeric_limits<std::uint64_t>::max());
  expect_same(std::numeric_limits<std::int64_t>::min());
}

}  // namespace
}  // namespace musubi
