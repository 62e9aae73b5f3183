#pragma once
/// What sections.ld calls the variables.

#include <cstdint>

extern "C" {
extern std::uint32_t data_begin[], data_end[], data_image[];
extern std::uint32_t bss_begin[], bss_end[];
}

namespace board {

/// Gives all variables their first values. Plain loops, because library functions may use variables
/// that have none yet.
[[gnu::always_inline]] inline void set_variables() noexcept {
  const std::uint32_t* from = data_image;
  for (std::uint32_t* to = data_begin; to < data_end; ++to) *to = *from++;
  for (std::uint32_t* to = bss_begin; to < bss_end; ++to) *to = 0;
}

}  // namespace board
