#include <musubi/hosted/internal/log_limiter.hpp>

namespace musubi::hosted {

log_limiter::entry& log_limiter::entry_of(std::string_view named, log_level level,
                                          time_point now) noexcept {
  const auto kind = decltype(entry::kind)::clipped(named);
  entry* free = nullptr;
  for (entry& each : entries_) {
    if (each.kind == kind) return each;
    if (free == nullptr && each.kind.empty()) free = &each;
  }
  if (free == nullptr) {
    entry& shared = entries_.back();
    shared.kind = "others";
    return shared;
  }
  free->kind = kind;
  free->level = level;
  free->written = free->held = 0;
  free->since = now;
  return *free;
}

bool log_limiter::admits(std::string_view kind, log_level level, time_point now) noexcept {
  entry& mine = entry_of(kind, level, now);
  if (mine.written < lines_a_minute) {
    ++mine.written;
    return true;
  }
  ++mine.held;
  return false;
}

}  // namespace musubi::hosted
