#pragma once
/// What a browser can change about the gateway.

#include <chrono>
#include <cstdint>

#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// A name has at most 40 characters, each at most four bytes.
using gateway_name = musubi::text<160>;

struct settings {
  static constexpr std::uint32_t shortest_period = 100;  ///< as fast as a person can follow
  static constexpr std::uint32_t longest_period = 60'000;
  static constexpr std::uint32_t default_period = 1'000;

  gateway_name name;                      ///< empty: show the machine's own name
  std::uint32_t period = default_period;  ///< milliseconds between two looks at the machine
  bool paused = false;                    ///< not saved
  std::uint32_t resets = 0;               ///< how often the counters were reset
};

/// `name` without surrounding white space, or why it is invalid: it must have 1 to 40 characters,
/// and no control characters.
[[nodiscard]] musubi::result<gateway_name> checked_name(std::string_view name) noexcept;

/// Success, or why the period is invalid.
[[nodiscard]] musubi::status checked_period(std::uint32_t milliseconds) noexcept;

}  // namespace gateway
