#pragma once
/// The heating itself: one for the whole device.

#include "plant.hpp"

#include <cstdint>

#include <musubi/musubi.hpp>

namespace home {

enum class heating_mode : std::uint8_t { off, eco, comfort };

/// The state of the heating at one moment.
struct situation {
  reading measured;
  std::int32_t target = 21;  ///< degrees
  heating_mode mode = heating_mode::comfort;
  bool heating = false;
  bool window_open = false;  ///< fault: the temperature fell too fast
};

/// Decides when to heat. Host's thread only.
class controller {
 public:
  /// Followed by the stores, and by the code that switches the heating.
  [[nodiscard]] musubi::watch<situation>& state() noexcept { return state_; }

  void measured(const reading& fresh) noexcept {
    constexpr std::int32_t too_fast = 20;  // hundredths of a degree from one reading to the next
    state_.update([&](situation& now) {
      if (known_ && now.measured.inside - fresh.inside > too_fast) now.window_open = true;
      now.measured = fresh;
      decide(now);
    });
    known_ = true;
  }
  void target(std::int32_t degrees) noexcept {
    state_.update([&](situation& now) {
      now.target = degrees;
      decide(now);
    });
  }
  void mode(heating_mode wanted) noexcept {
    state_.update([&](situation& now) {
      now.mode = wanted;
      decide(now);
    });
  }
  void window_closed() noexcept {
    state_.update([](situation& now) {
      now.window_open = false;
      decide(now);
    });
  }

 private:
  static void decide(situation& now) noexcept {
    constexpr std::int32_t hysteresis = 20;
    const std::int32_t lowered = now.mode == heating_mode::eco ? 300 : 0;
    const std::int32_t wanted = now.target * 100 - lowered;
    if (now.mode == heating_mode::off || now.window_open) {
      now.heating = false;
    } else if (now.measured.inside < wanted - hysteresis) {
      now.heating = true;
    } else if (now.measured.inside > wanted + hysteresis) {
      now.heating = false;
    }
  }

  musubi::watch<situation> state_;
  bool known_ = false;
};

}  // namespace home
