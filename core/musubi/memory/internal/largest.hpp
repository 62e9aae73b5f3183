#pragma once
/// The largest of some sizes, without `<algorithm>`, which takes a compiler longer than any header
/// here.

#include <cstddef>
#include <initializer_list>

namespace musubi::detail {

/// 0 when there are none.
[[nodiscard]] constexpr std::size_t largest(std::initializer_list<std::size_t> sizes) noexcept {
  std::size_t most = 0;
  for (const std::size_t each : sizes) most = each > most ? each : most;
  return most;
}

}  // namespace musubi::detail
