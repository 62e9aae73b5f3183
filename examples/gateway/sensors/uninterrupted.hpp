#pragma once
/// System calls that signals may interrupt.

#include <cerrno>

namespace gateway {

/// The answer of `call`, which is made again as long as a signal interrupts it.
template <class Call>
auto uninterrupted(const Call& call) noexcept {
  for (;;) {
    const auto answer = call();
    if (answer >= 0 || errno != EINTR) return answer;
  }
}

}  // namespace gateway
