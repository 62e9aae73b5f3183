#pragma once

#include <cstdint>

#include <musubi/host/limits.hpp>

/// The operating system's limit on file descriptors, which must be enough for `limits`.
namespace musubi::hosted {

/// Descriptors reserved for the program itself: files, timers, the event loop.
inline constexpr std::uint64_t descriptors_of_program = 64;

/// Most descriptors that `hosts` hosts with these limits use at once.
[[nodiscard]] constexpr std::uint64_t descriptors_for(const limits& sizes,
                                                      unsigned hosts = 1) noexcept {
  const std::uint64_t clients = std::uint64_t{sizes.connections} + sizes.requests + 1;
  return clients * hosts + descriptors_of_program;
}

/// Raises the soft limit of file descriptors (RLIMIT_NOFILE) to `needed`, as far as the hard limit
/// allows. Returns the resulting limit: at least `needed` on success, and where there is no such
/// limit.
[[nodiscard]] std::uint64_t allow_descriptors(std::uint64_t needed) noexcept;

}  // namespace musubi::hosted
