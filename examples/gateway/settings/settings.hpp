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
  static constexpr std::uint32_t shortest_period = 100;  ///< faster than a person sees
  static constexpr std::uint32_t longest_period = 60'000;
  static constexpr std::uint32_t default_period = 1'000;

  gateway_name name;                      ///< empty: the machine's own name is shown
  std::uint32_t period = default_period;  ///< milliseconds between two looks at the machine
  bool paused = false;                    ///< not kept over a restart
  std::uint32_t resets = 0;               ///< how often the counters were reset
};

/// `name` without the white space around it, or why it is none: 1 to 40 characters, none of them a
/// control character.
[[nodiscard]] musubi::result<gateway_name> checked_name(std::string_view name) noexcept;

/// A success, or why not.
[[nodiscard]] musubi::status checked_period(std::uint32_t milliseconds) noexcept;

}  // namespace gateway
