#pragma once
/// The beat that all sensors follow.

#include <musubi/async/event.hpp>
#include <musubi/async/runtime.hpp>

namespace gateway {

/// Beats once per period until it is paused. Belongs to one host.
class pulse : private musubi::job {
 public:
  pulse() noexcept : job(&pulse::due) {}

  /// `co_await` it: resumes with the next beat.
  [[nodiscard]] musubi::event::awaiter beat() noexcept { return beat_.wait(); }
  /// Beats at once, paused or not.
  void now() noexcept { beat_.notify(); }
  /// Beats once per `period` from now on.
  void start(musubi::duration period) noexcept {
    period_ = period;
    next_ = musubi::runtime::current()->now() + period;
    musubi::runtime::current()->arm(timer_, next_);
  }
  void pause() noexcept { timer_.cancel(); }

 private:
  static void due(musubi::job& self) noexcept {
    auto& here = static_cast<pulse&>(self);
    here.beat_.notify();
    // Stays in step with the clock. Missed beats, as on a laptop that slept, are skipped.
    const musubi::time_point now = musubi::runtime::current()->now();
    here.next_ += here.period_;
    if (here.next_ <= now) here.next_ = now + here.period_;
    musubi::runtime::current()->arm(here.timer_, here.next_);
  }

  musubi::event beat_;
  musubi::timer timer_{*this};
  musubi::duration period_{};
  musubi::time_point next_{};
};

}  // namespace gateway
