#pragma once
/// The time in which a new image has to prove itself, the same on boards and gateways.

#include <cstdint>

#include <musubi/async/clock.hpp>

namespace musubi::update {

/// How a new image is tried.
struct trial_terms {
  /// How long it may run without a confirmation. Then the device goes back to the one before.
  duration within;
  /// Confirms an image that has been healthy for so long without a break. Zero: only `confirm`
  /// does, which means a person.
  duration confirm_after = duration::zero();
  /// Whether the device works: its sensors answer, its network is up. Null: it does as long as it
  /// runs. Called once a second, on the host's thread.
  bool (*healthy)() = nullptr;
};

/// Counts the seconds of a trial.
class trial {
 public:
  /// What is due.
  enum class step : std::uint8_t { none, confirm, go_back };

  explicit trial(const trial_terms& terms) noexcept : terms_(terms) {}

  void begin() noexcept;
  void end() noexcept { seconds_left_ = 0; }
  [[nodiscard]] bool is_on() const noexcept { return seconds_left_ != 0; }
  /// Zero: no image is on trial.
  [[nodiscard]] std::int32_t seconds_left() const noexcept { return seconds_left_; }

  /// One second of a trial has passed. What is due stays due in each second, until `end`: it may
  /// fail. A confirmation that fails until the time is over does not hold up the way back.
  [[nodiscard]] step second() noexcept;

 private:
  trial_terms terms_;
  std::int32_t seconds_left_ = 0;
  std::int32_t healthy_seconds_ = 0;
  bool confirmation_failed_ = false;
};

}  // namespace musubi::update
