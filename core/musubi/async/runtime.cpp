#include <musubi/async/runtime.hpp>

namespace musubi {

std::optional<time_point> runtime::poll(time_point now) noexcept {
  advance(now);
  make_current();
  for (int round = 0; round < rounds_per_poll; ++round) {
    remote_.drain();
    timers_.expire(now_, ready_);
    if (ready_.empty()) break;
    ready_.run_round();
  }
  ready_.take(deferred_);
  return next();
}

}  // namespace musubi
