#pragma once
/// Limits the lines of one kind per minute.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::hosted {

/// Admits the first lines of a kind, counts the others, and reports their number when the minute
/// that began with the first line is over. Fixed memory: kinds beyond the capacity share one entry.
/// Not thread-safe.
class log_limiter {
 public:
  static constexpr std::uint32_t lines_a_minute = 5;
  static constexpr duration minute = std::chrono::minutes(1);
  static constexpr std::size_t kinds = 48;

  /// Returns true if a line of this kind may be written; otherwise counts it.
  [[nodiscard]] bool admits(std::string_view kind, log_level level, time_point now) noexcept;
  /// Calls `tell(level, kind, count)` for each kind whose minute is over and that had lines left
  /// out.
  template <class Tell>
  void sum_up(time_point now, Tell&& tell) noexcept {
    for (entry& each : entries_) {
      if (each.kind.empty() || now - each.since < minute) continue;
      if (each.held == 0) {
        each.kind.clear();
        continue;
      }
      tell(each.level, each.kind.view(), each.held);
      each.held = each.written = 0;
      each.since = now;
    }
  }

 private:
  struct entry {
    text<60> kind;  // empty: free
    log_level level = log_level::none;
    std::uint32_t written = 0;
    std::uint32_t held = 0;
    time_point since{};
  };
  entry& entry_of(std::string_view named, log_level level, time_point now) noexcept;

  std::array<entry, kinds> entries_;
};

}  // namespace musubi::hosted
