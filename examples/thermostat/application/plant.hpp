#pragma once
/// A model of a room, its radiator and the weather, because the emulated board has no sensor. It is
/// deterministic: the same steps give the same temperatures on every machine.

#include <cstdint>

namespace home {

/// The readings of a sensor. Temperatures in hundredths of a degree Celsius.
struct reading {
  std::int32_t inside = 0;
  std::int32_t outside = 0;
};

/// Uses integers only, so that an interrupt can step it.
class plant {
 public:
  /// One step: a tenth of a second of real time, six seconds in the room.
  void step(bool heating) noexcept {
    ++steps_;
    const std::int32_t loss = (inside_ - outside()) / (window_open() ? 32 : 256);
    inside_ += (heating ? 96 : 0) - loss;
  }
  [[nodiscard]] reading read() const noexcept { return {inside_ / scale, outside() / scale}; }

 private:
  static constexpr std::int32_t scale = 16;  // finer than the readings, so that slow changes add up

  /// Between 2 and 10 degrees, with a period of forty minutes of real time.
  [[nodiscard]] std::int32_t outside() const noexcept {
    constexpr std::uint32_t half = 12000;
    const std::uint32_t at = steps_ % (2 * half);
    const auto up = static_cast<std::int32_t>(at < half ? at : 2 * half - at);
    return (200 + up / 15) * scale;
  }
  /// The window is open for three seconds, every five minutes.
  [[nodiscard]] bool window_open() const noexcept { return steps_ % 3000 > 2970; }

  std::uint32_t steps_ = 0;
  std::int32_t inside_ = 1950 * scale;
};

}  // namespace home
