#pragma once
/// Compares what stands next with bytes that are expected there.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace musubi::json {

/// Moves `at` past `bytes`; returns false, and leaves it, when others stand there.
[[nodiscard]] inline bool take_exactly(const char*& at, const char* end,
                                       std::string_view bytes) noexcept {
  if (static_cast<std::size_t>(end - at) < bytes.size() ||
      std::memcmp(at, bytes.data(), bytes.size()) != 0) {
    return false;
  }
  at += bytes.size();
  return true;
}

}  // namespace musubi::json
