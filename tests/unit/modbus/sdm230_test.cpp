#include "meter/sdm230.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace meter {
namespace {

TEST(registers_of_an_sdm230, hold_a_float_with_its_more_significant_half_first) {
  const auto registers = sdm230::to_registers(230.2F);
  EXPECT_EQ(registers[0], 0x4366);
  EXPECT_EQ(registers[1], 0x3333);
  EXPECT_EQ(sdm230::to_float(registers, 0), 230.2F);
}

TEST(registers_of_an_sdm230, hold_negative_numbers) {
  EXPECT_EQ(sdm230::to_float(sdm230::to_registers(-12.5F), 0), -12.5F);
}

TEST(registers_of_an_sdm230, hold_no_number_when_a_meter_is_damaged) {
  EXPECT_EQ(sdm230::scaled(99.7F), 100);
  EXPECT_EQ(sdm230::scaled(-1.25F, 10), -13);
  EXPECT_EQ(sdm230::scaled(std::numeric_limits<float>::quiet_NaN()), std::nullopt);
  EXPECT_EQ(sdm230::scaled(-std::numeric_limits<float>::infinity()), std::nullopt);
  EXPECT_EQ(sdm230::scaled(3e30F), std::nullopt);
}

TEST(registers_of_an_sdm230, are_found_at_the_addresses_of_its_manual) {
  std::array<std::uint16_t, sdm230::electricity_size> electric{};
  std::array<std::uint16_t, sdm230::energy_size> energetic{};
  const auto put = [](std::span<std::uint16_t> into, std::size_t at, float value) {
    const auto two = sdm230::to_registers(value);
    into[at] = two[0];
    into[at + 1] = two[1];
  };
  put(electric, 0x00, 230);
  put(electric, 0x06, 2);
  put(electric, 0x0C, 450);
  put(electric, 0x1E, 0.9F);
  put(energetic, 0x00, 50);
  put(energetic, 0x02, 1234);
  put(energetic, 0x04, 56);
  const measurement found = sdm230::measured(electric, energetic);
  EXPECT_EQ(found.voltage, 230);
  EXPECT_EQ(found.current, 2);
  EXPECT_EQ(found.power, 450);
  EXPECT_EQ(found.power_factor, 0.9F);
  EXPECT_EQ(found.frequency, 50);
  EXPECT_EQ(found.imported, 1234);
  EXPECT_EQ(found.exported, 56);
}

}  // namespace
}  // namespace meter
