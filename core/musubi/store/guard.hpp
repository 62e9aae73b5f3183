#pragma once
/// Calls into an application's code, which may throw where exceptions exist.

#include <utility>

namespace musubi::detail {
#if defined(__cpp_exceptions)
inline namespace throwing {

/// False when `call` threw: the page it belongs to ends, and nobody else notices.
template <class Call>
bool guarded(Call&& call) noexcept {
  try {
    std::forward<Call>(call)();
    return true;
  } catch (...) {
    return false;
  }
}
#else
inline namespace non_throwing {

template <class Call>
bool guarded(Call&& call) noexcept {
  std::forward<Call>(call)();
  return true;
}
#endif

}  // inline namespace
}  // namespace musubi::detail
