#pragma once

#include <cstdint>

#include <musubi/host/limits.hpp>

/// Descriptors: the limit that the operating system sets, and that `limits` has to fit into.
namespace musubi::hosted {

/// What a program is left beside its clients: for files, timers, the loop itself.
inline constexpr std::uint64_t descriptors_of_program = 64;

/// Descriptors that so many hosts with these limits use at once.
[[nodiscard]] constexpr std::uint64_t descriptors_for(const limits& sizes,
                                                      unsigned hosts = 1) noexcept {
  const std::uint64_t clients = std::uint64_t{sizes.connections} + sizes.requests + 1;
  return clients * hosts + descriptors_of_program;
}

/// Lets this process have `needed` descriptors at once: raises the soft limit (RLIMIT_NOFILE) as
/// far as that takes and the hard limit allows. Answers how many it may have, `needed` or more if
/// all is well. Where there is no such limit, `needed`.
[[nodiscard]] std::uint64_t allow_descriptors(std::uint64_t needed) noexcept;

}  // namespace musubi::hosted
