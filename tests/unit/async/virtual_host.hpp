#pragma once
/// A runtime with memory and a clock of its own, for tests: time passes when a test says so.

#include "unit/memory/region.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <gtest/gtest.h>
#include <optional>

#include <musubi/async/runtime.hpp>

namespace musubi::test {

/// Plenty of frames for the sizes that unoptimised and sanitized builds make of them.
inline constexpr frame_classes many_frames{{{512, 64}, {1024, 64}, {4096, 32}, {16384, 4}}};

/// Drives one runtime. Its clock begins at zero.
class virtual_host final : private waker {
 public:
  explicit virtual_host(const frame_classes& frames = many_frames)
      : memory_(needed(frames)), carver_(memory_.carve()), runtime_(carver_, frames, *this) {
    runtime_.make_current();
  }
  /// Every frame has to be back when a test ends.
  ~virtual_host() { EXPECT_EQ(frames_used(), 0U) << "coroutine frames are leaked"; }
  virtual_host(const virtual_host&) = delete;
  virtual_host& operator=(const virtual_host&) = delete;

  [[nodiscard]] runtime& loop() noexcept { return runtime_; }
  [[nodiscard]] time_point now() const noexcept { return now_; }

  /// Runs what can run without time passing; answers when the next timer is due.
  std::optional<time_point> run() {
    for (int turn = 0; turn < 100000; ++turn) {
      const auto next = runtime_.poll(now_);
      if (!next || *next > now_) return next;
    }
    ADD_FAILURE() << "the loop never comes to rest";
    return std::nullopt;
  }
  /// Lets time pass, stopping at every timer on the way.
  void run_for(duration span) {
    const time_point end = now_ + span;
    for (auto next = run(); next && *next <= end; next = run()) now_ = *next;
    now_ = end;
    run();
  }

  [[nodiscard]] std::uint32_t frames_used() {
    std::uint32_t used = 0;
    for (const block_pool& pool : runtime_.frames().pools()) used += pool.metrics().used;
    return used;
  }
  /// How often another thread woke the loop.
  [[nodiscard]] int wakes() const noexcept { return wakes_.load(); }

 private:
  static std::size_t needed(const frame_classes& frames) {
    carver measure;
    const frame_pools measured("", measure, frames);
    return measure.used();
  }
  void wake() noexcept override { wakes_.fetch_add(1); }

  region memory_;
  carver carver_;
  runtime runtime_;
  time_point now_{};
  std::atomic<int> wakes_{0};
};

}  // namespace musubi::test
