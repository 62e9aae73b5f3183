#pragma once
/// The heating itself: one for the whole device, whoever looks at it.

#include "plant.hpp"

#include <cstdint>

#include <musubi/host/topic.hpp>

namespace home {

enum class heating_mode : std::uint8_t { off, eco, comfort };

/// All that is known of the heating at one moment.
struct situation {
  reading measured;
  std::int32_t target = 21;  ///< degrees
  heating_mode mode = heating_mode::comfort;
  bool heating = false;
  bool window_open = false;  ///< the fault: it got cold too fast
};

/// Decides when to heat, and tells everybody.
class controller {
 public:
  explicit controller(musubi::topic<situation, 2>& news) noexcept : news_(&news) {}

  void measured(const reading& now) noexcept {
    constexpr std::int32_t too_fast = 20;  // hundredths of a degree from one reading to the next
    if (known_ && state_.measured.inside - now.inside > too_fast) state_.window_open = true;
    known_ = true;
    state_.measured = now;
    decide();
  }
  void target(std::int32_t degrees) noexcept {
    state_.target = degrees;
    decide();
  }
  void mode(heating_mode wanted) noexcept {
    state_.mode = wanted;
    decide();
  }
  void window_closed() noexcept {
    state_.window_open = false;
    decide();
  }
  [[nodiscard]] const situation& now() const noexcept { return state_; }

 private:
  void decide() noexcept {
    constexpr std::int32_t hysteresis = 20;
    const std::int32_t lowered = state_.mode == heating_mode::eco ? 300 : 0;
    const std::int32_t wanted = state_.target * 100 - lowered;
    if (state_.mode == heating_mode::off || state_.window_open) {
      state_.heating = false;
    } else if (state_.measured.inside < wanted - hysteresis) {
      state_.heating = true;
    } else if (state_.measured.inside > wanted + hysteresis) {
      state_.heating = false;
    }
    news_->publish(state_);
  }

  musubi::topic<situation, 2>* news_;
  situation state_;
  bool known_ = false;
};

}  // namespace home
