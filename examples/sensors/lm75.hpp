#pragma once
/// An LM75 or TMP102, a thermometer on I2C, by the kernel's /dev/i2c-N.

#include <array>
#include <cstdint>
#include <string>

#include <musubi/memory/status.hpp>

namespace sensors {

/// What its register 0 says, in tenths of a degree Celsius: eleven bits, an eighth of a degree
/// each, the more significant byte first.
[[nodiscard]] constexpr std::int32_t lm75_tenths(std::array<std::uint8_t, 2> bytes) noexcept {
  const auto word = static_cast<std::int16_t>(bytes[0] << 8U | bytes[1]);
  return (word >> 5) * 10 / 8;
}

/// Reads the thermometer at `address` (7 bits, usually 0x48) of the bus, in one transaction: the
/// number of the register is written, and its bytes are read after a repeated start. Blocks for the
/// length of the transaction; for the adapter's timeout when the bus is stuck.
[[nodiscard]] musubi::result<std::int32_t> read_lm75(const std::string& bus,
                                                     std::uint16_t address) noexcept;

}  // namespace sensors
