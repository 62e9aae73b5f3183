#pragma once
/// The age of readings that could not be updated.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <musubi/async/clock.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// Remembers when one reading was taken. `Reading` has `stale` and `age`.
class last_taken {
 public:
  /// Sets the age of `reading` in whole seconds: 0 if it was just taken.
  template <class Reading>
  void tell(Reading& reading, musubi::time_point now) noexcept {
    if (!reading.stale) at_ = now;
    reading.age = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now - at_).count());
  }

 private:
  musubi::time_point at_{};
};

/// The same for a list of readings with unique names.
template <std::size_t Most>
class ages {
 public:
  template <class Readings>
  void tell(Readings& readings, musubi::time_point now) noexcept {
    musubi::list<known, Most> still;
    for (auto& each : readings) {
      known here{musubi::text<64>::clipped(each.name), {}};
      const auto* before = std::find_if(known_.begin(), known_.end(), [&](const known& other) {
        return other.name == here.name;
      });
      if (before != known_.end()) here.taken = before->taken;
      here.taken.tell(each, now);
      (void)still.push_back(here);
    }
    known_ = still;
  }

 private:
  struct known {
    musubi::text<64> name;
    last_taken taken;
  };
  musubi::list<known, Most> known_;
};

}  // namespace gateway
