#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>

#include <musubi/json/internal/number.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::json {
namespace {

template <class T>
std::string format(T value) {
  char bytes[number_bytes];
  return {bytes, format_number(bytes, value)};
}

#if !defined(MUSUBI_SMALL_NUMBERS)
/// The shortest decimal, by the standard library.
template <class T>
std::string by_to_chars(T value) {
  char bytes[number_bytes];
  return {bytes, std::to_chars(bytes, bytes + sizeof bytes, value).ptr};
}
/// The value and its neighbours, which are told apart.
template <class T>
void expect_as_by_to_chars(T value) {
  for (const T each : {std::nextafter(value, T{0}), value, std::nextafter(value, T{1e9})}) {
    ASSERT_EQ(format(each), by_to_chars(each));
    ASSERT_EQ(format(-each), by_to_chars(-each));
  }
}

TEST(format_number, writes_few_digits_as_to_chars_does) {
  for (const int scale : {1, 10, 100, 1000, 10000}) {
    for (int digits = 0; digits <= 1000100; digits += digits < 2000 ? 1 : 37) {
      expect_as_by_to_chars(static_cast<float>(digits) / static_cast<float>(scale));
      expect_as_by_to_chars(static_cast<double>(digits) / scale);
      expect_as_by_to_chars(static_cast<float>(static_cast<double>(digits) / scale));
    }
  }
}

TEST(format_number, writes_any_number_as_to_chars_does) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 300000; ++i) {
    const auto bits = random();
    const float small = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    const double large = std::bit_cast<double>(bits);
    const auto near = static_cast<float>(static_cast<double>(bits % 200000000) / 1000);
    ASSERT_TRUE(!finite(small) || format(small) == by_to_chars(small)) << small;
    ASSERT_TRUE(!finite(large) || format(large) == by_to_chars(large)) << large;
    ASSERT_EQ(format(near), by_to_chars(near));
  }
}
#endif

TEST(format_number, writes_the_shortest_decimal) {
  EXPECT_EQ(format(0.1), "0.1");
  EXPECT_EQ(format(0.1F), "0.1");
  EXPECT_EQ(format(21.5F), "21.5");
  EXPECT_EQ(format(-3.0), "-3");
  EXPECT_EQ(format(1e21), "1e+21");
  EXPECT_EQ(format(100000.0F), "1e+05");
  EXPECT_EQ(format(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(format(1.0F / 3.0F), "0.33333334");
}

TEST(digits, stand_among_other_text) {
  EXPECT_EQ((text<40>::clipped("from ", digits(-0.5), " to ", digits(35.5F), " °C")),
            "from -0.5 to 35.5 °C");
  EXPECT_EQ((text<8>::clipped(digits(std::numeric_limits<float>::infinity()), "")), "null");
  EXPECT_EQ((text<8>::clipped("", digits(std::numeric_limits<double>::quiet_NaN()))), "null");
}

TEST(format_number, fits_the_extremes_into_its_room) {
  using limits = std::numeric_limits<double>;
  for (const double value :
       {limits::max(), limits::lowest(), limits::min(), -limits::min(), limits::denorm_min(),
        -limits::denorm_min(), -0.0, -1.2345678901234567e-308, 123456789012345680000.0}) {
    const std::string text = format(value);
    EXPECT_LE(text.size(), number_bytes);
    EXPECT_TRUE(well_formed(text)) << text;
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
}

TEST(format_number, writes_doubles_that_read_back_the_same) {
  std::mt19937_64 random(1);  // NOLINT(cert-msc51-cpp): the same run every time
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = format(value);
    ASSERT_TRUE(well_formed(text)) << text;
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
}

TEST(format_number, writes_floats_that_read_back_the_same) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same run every time
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (!std::isfinite(value)) continue;
    const std::string text = format(value);
    ASSERT_TRUE(well_formed(text)) << text;
    ASSERT_EQ(std::strtof(text.c_str(), nullptr), value) << text;
  }
}

TEST(parse_number, gives_the_nearest_double) {
  std::mt19937_64 random(2);  // NOLINT(cert-msc51-cpp): the same run every time
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    ASSERT_EQ(parse_number(format(value)), value) << format(value);
  }
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("-12.50E+1"), -125.0);
  EXPECT_EQ(parse_number("9007199254740993"), 9007199254740992.0);
}

TEST(parse_number, is_infinite_beyond_the_largest_and_zero_below_the_smallest) {
  EXPECT_EQ(parse_number("1e309"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_number("-1e+999999999"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_number("1e-999"), 0.0);
  EXPECT_TRUE(std::signbit(parse_number("-1E-999")));
}

TEST(parse_number, does_not_look_behind_the_text) {
  EXPECT_EQ(parse_number(std::string_view("123").substr(0, 2)), 12.0);
  EXPECT_EQ(parse_number(std::string_view("1e99").substr(0, 3)), 1e9);
}

}  // namespace
}  // namespace musubi::json
