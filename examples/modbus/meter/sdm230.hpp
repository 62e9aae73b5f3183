#pragma once
/// The registers of an Eastron SDM230, a common single-phase meter, and what they mean.
///
/// Each value takes two registers: a float, its more significant half first. Input registers are
/// measurements, holding registers are settings. Another meter is another table.

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

namespace meter {

/// What the meter measures.
struct measurement {
  float voltage = 0;       ///< V
  float current = 0;       ///< A
  float power = 0;         ///< W, negative while it is fed in
  float power_factor = 0;  ///< from -1 to 1
  float frequency = 0;     ///< Hz
  float imported = 0;      ///< kWh
  float exported = 0;      ///< kWh
};

namespace sdm230 {

using registers = std::span<const std::uint16_t>;

/// Input registers, read as two blocks: the meter takes up to 60 registers at once.
inline constexpr int electricity = 0x00;
inline constexpr std::size_t electricity_size = 0x20;
inline constexpr int energy = 0x46;
inline constexpr std::size_t energy_size = 0x06;

/// Holding register: the length of a pulse on the meter's output, 60, 100 or 200 ms.
inline constexpr int pulse_width = 0x0C;

inline constexpr std::size_t float_size = 2;

[[nodiscard]] inline float to_float(registers from, std::size_t at) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(from[at]) << 16U | from[at + 1]);
}
[[nodiscard]] inline std::array<std::uint16_t, float_size> to_registers(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return {static_cast<std::uint16_t>(bits >> 16U), static_cast<std::uint16_t>(bits & 0xFFFFU)};
}

/// `value` in units of 1/`scale`, rounded; none for NaN, infinities and what is beyond any meter.
[[nodiscard]] inline std::optional<std::int32_t> scaled(float value, float scale = 1) noexcept {
  const float wanted = value * scale;
  if (!(std::abs(wanted) < 1e9F)) return std::nullopt;
  return static_cast<std::int32_t>(std::lround(wanted));
}

/// The measurement in the two blocks.
[[nodiscard]] inline measurement measured(registers electric, registers energetic) noexcept {
  return {.voltage = to_float(electric, 0x00),
          .current = to_float(electric, 0x06),
          .power = to_float(electric, 0x0C),
          .power_factor = to_float(electric, 0x1E),
          .frequency = to_float(energetic, 0x46 - energy),
          .imported = to_float(energetic, 0x48 - energy),
          .exported = to_float(energetic, 0x4A - energy)};
}

}  // namespace sdm230
}  // namespace meter
