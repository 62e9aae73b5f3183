#include <algorithm>

#include <musubi/update/trial.hpp>

namespace musubi::update {

namespace {

std::int32_t seconds_of(duration span) noexcept {
  return static_cast<std::int32_t>(span / std::chrono::seconds(1));
}

}  // namespace

void trial::begin() noexcept {
  seconds_left_ = std::max<std::int32_t>(1, seconds_of(terms_.within));
  healthy_seconds_ = 0;
  confirmation_failed_ = false;
}

trial::step trial::second() noexcept {
  const bool healthy = terms_.healthy == nullptr || terms_.healthy();
  healthy_seconds_ = healthy ? healthy_seconds_ + 1 : 0;
  const std::int32_t enough = seconds_of(terms_.confirm_after);
  const bool proved = enough != 0 && healthy_seconds_ >= enough;
  const bool over = seconds_left_ == 1;
  if (!over) --seconds_left_;  // a trial is not over before the device has gone back
  if (proved && !(over && confirmation_failed_)) {
    confirmation_failed_ = true;  // unless `end` follows
    return step::confirm;
  }
  return over ? step::go_back : step::none;
}

}  // namespace musubi::update
