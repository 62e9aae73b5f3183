/// The small converter against the standard library's: byte for byte, bit for bit.
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <string>

#include <musubi/json/internal/number_small.hpp>

namespace small = musubi::json::small;

namespace {

constexpr int rounds = 40000;

template <class T>
std::string by_us(T value) {
  char text[musubi::json::number_bytes];
  return {text, small::format_number(text, value)};
}

template <class T>
std::string by_the_library(T value) {
  char text[musubi::json::number_bytes];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

template <class T>
void compare(T value) {
  if (std::isfinite(value)) {
    ASSERT_EQ(by_us(value), by_the_library(value));
  }
}

std::uint64_t bits_of(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

void compare_reading(const std::string& text) {
  const char* end = nullptr;
  const double value = small::parse_number(text.c_str(), end);
  ASSERT_EQ(*end, '\0') << text;
  ASSERT_EQ(bits_of(value), bits_of(std::strtod(text.c_str(), nullptr))) << text;
}

std::string printed(const char* format, int digits, double value) {
  char text[512];
  std::snprintf(text, sizeof text, format, digits, value);
  return text;
}

}  // namespace

TEST(number_small, formats_any_double_as_the_library_does) {
  std::mt19937_64 random(1);
  for (int i = 0; i < rounds; ++i) compare(std::bit_cast<double>(random()));
}

TEST(number_small, formats_any_float_as_the_library_does) {
  std::mt19937 random(2);
  for (int i = 0; i < rounds; ++i) {
    compare(std::bit_cast<float>(static_cast<std::uint32_t>(random())));
  }
}

TEST(number_small, formats_what_sensors_measure_as_the_library_does) {
  std::mt19937_64 random(3);
  for (int i = 0; i < rounds; ++i) {
    const auto steps = static_cast<double>(random() % 2000001) - 1000000;
    compare(steps / std::pow(10, static_cast<double>(random() % 7)));
    compare(static_cast<float>(steps) / 100.0F);
  }
}

TEST(number_small, formats_large_whole_numbers_with_all_their_digits) {
  std::mt19937_64 random(4);
  for (int i = 0; i < rounds; ++i) {
    compare(static_cast<double>(random() >> (random() % 64)));
    compare(std::ldexp(static_cast<double>(random() >> 11U), static_cast<int>(random() % 40)));
    compare(std::ldexp(static_cast<float>(random() % 16777216), static_cast<int>(random() % 60)));
  }
  EXPECT_EQ(by_us(1180591620717411303424.0), by_the_library(1180591620717411303424.0));
}

TEST(number_small, formats_every_power_of_two_and_its_neighbours) {
  for (int exponent = -1074; exponent <= 1023; ++exponent) {
    const double power = std::ldexp(1.0, exponent);
    compare(power);
    compare(std::nextafter(power, 0.0));
    compare(std::nextafter(power, std::numeric_limits<double>::infinity()));
  }
}

TEST(number_small, formats_the_ends_of_the_range) {
  using limits = std::numeric_limits<double>;
  EXPECT_EQ(by_us(0.0), "0");
  EXPECT_EQ(by_us(-0.0), "-0");
  EXPECT_EQ(by_us(limits::denorm_min()), "5e-324");
  EXPECT_EQ(by_us(-limits::max()), by_the_library(-limits::max()));
  EXPECT_EQ(by_us(limits::min()), by_the_library(limits::min()));
}

TEST(number_small, reads_back_every_double_it_writes) {
  std::mt19937_64 random(5);
  for (int i = 0; i < rounds; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = by_us(value);
    const char* end = nullptr;
    ASSERT_EQ(bits_of(small::parse_number(text.c_str(), end)), bits_of(value)) << text;
  }
}

TEST(number_small, reads_numbers_of_any_length_as_the_library_does) {
  std::mt19937_64 random(6);
  for (int i = 0; i < rounds; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    compare_reading(printed("%.*g", static_cast<int>(random() % 50) + 1, value));
    compare_reading(std::to_string(random()) + "." + std::to_string(random()) + "e" +
                    std::to_string(static_cast<int>(random() % 700) - 350));
  }
}

TEST(number_small, rounds_what_lies_half_way_between_two_doubles_to_even) {
  std::mt19937_64 random(7);
  for (int i = 0; i < rounds; ++i) {
    const std::uint64_t odd = (random() >> 10U) | 1U;  // 54 bits: half way
    compare_reading(std::to_string(odd));
    compare_reading(std::to_string(odd) + "." + std::string(30, '0') + "1");
  }
  compare_reading("9007199254740993");
  compare_reading("9007199254740992.99999999999999999999999999999");
}

TEST(number_small, reads_numbers_too_large_and_too_small_for_a_double) {
  for (const char* text :
       {"1e400", "-1e400", "1e-400", "1e99999999999", "1e-99999999999", "0e999",
        "1.7976931348623158e308", "1.7976931348623159e308", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "2.2250738585072011e-308", "2.2250738585072014e-308",
        "123456789012345678901234567890123456789012345678901234567890123",
        "0.0000000000000000000000000000000000000000000000000000001e99999"}) {
    compare_reading(text);
  }
}

TEST(number_small, stops_at_the_first_byte_behind_the_number) {
  const std::string text = "12.5e1,";
  const char* end = nullptr;
  EXPECT_EQ(small::parse_number(text.c_str(), end), 125.0);
  EXPECT_EQ(end, text.c_str() + 6);
}

TEST(number_small, says_that_there_is_no_number) {
  for (const char* text : {"", "-", "x", ".", "e5"}) {
    char* end = nullptr;
    EXPECT_EQ(musubi_strtod(text, &end), 0.0);
    EXPECT_EQ(end, text);
  }
}
