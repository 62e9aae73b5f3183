#pragma once
/// Time in the core: a port supplies it, tests simulate it.

#include <cstdint>

// Durations and time points are a small part of <chrono>. The rest, calendars and streams, takes
// longer to compile than most headers here; libstdc++ has a separate header for the small part.
#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>
#else
#include <chrono>
#endif

namespace musubi {

/// Monotonic time in microseconds since an epoch of the port's choice. It is only a type: a port
/// supplies the readings (docs/porting.md).
struct clock {
  using rep = std::int64_t;
  using period = std::micro;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<clock>;
  static constexpr bool is_steady = true;
};

using duration = clock::duration;
using time_point = clock::time_point;

// The comparisons of the standard library go through <=>, which is a call where code is small.
constexpr bool operator<(time_point a, time_point b) noexcept {
  return a.time_since_epoch().count() < b.time_since_epoch().count();
}
constexpr bool operator>(time_point a, time_point b) noexcept {
  return b < a;
}
constexpr bool operator<=(time_point a, time_point b) noexcept {
  return !(b < a);
}
constexpr bool operator>=(time_point a, time_point b) noexcept {
  return !(a < b);
}

}  // namespace musubi
