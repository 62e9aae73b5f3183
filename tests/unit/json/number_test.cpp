#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>

#include <musubi/json/number.hpp>
#include <musubi/json/scan.hpp>

namespace musubi::json {
namespace {

template <class T>
std::string format(T value) {
  char bytes[number_bytes];
  return {bytes, format_number(bytes, value)};
}

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

}  // namespace
}  // namespace musubi::json
