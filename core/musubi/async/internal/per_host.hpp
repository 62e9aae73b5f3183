#pragma once
/// Per-host parts of an object that all hosts of a process share.

#include <cstddef>

#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi {

/// The most hosts of one process that a topic or a watched value can reach.
#if defined(MUSUBI_SINGLE_THREADED)
inline constexpr std::size_t max_cores = 1;
#else
inline constexpr std::size_t max_cores = 16;
#endif

/// One `Share`, which is a `remote_signal`, for each host. The share of a destroyed host is reused
/// by another.
template <class Share>
class per_host {
 public:
  constexpr per_host() noexcept = default;

  /// The share of the current host; null when more than `max_cores` hosts ask for one.
  [[nodiscard]] Share* local() noexcept {
    runtime* here = runtime::current();
    if (here == nullptr) return nullptr;
    for (Share& each : shares_) {
      if (each.listener() == here) return &each;
    }
    for (Share& each : shares_) {
      if (each.listen(*here)) return &each;
    }
    return nullptr;
  }
  [[nodiscard]] Share* begin() noexcept { return shares_; }
  [[nodiscard]] Share* end() noexcept { return shares_ + max_cores; }

 private:
  Share shares_[max_cores];
};

}  // namespace musubi
