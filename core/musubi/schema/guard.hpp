#pragma once
/// Calls application code, which may throw if exceptions are enabled.

#include <utility>

namespace musubi::detail {
#if defined(__cpp_exceptions)
inline namespace throwing {

/// Returns false when `call` threw: its page then ends, without affecting others.
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
