#pragma once
/// Memory and swap.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace gateway {

/// Bytes.
struct swap_reading {
  std::uint64_t total = 0;
  std::uint64_t used = 0;
};

/// Bytes. `used` is what programs could not have: `total` less `available`.
struct memory_reading {
  static constexpr std::string_view module = "Gateway.Memory";
  std::uint64_t total = 0;
  std::uint64_t used = 0;
  std::uint64_t available = 0;
  std::uint64_t cached = 0;  ///< file contents that are kept as long as nobody needs the room
  std::optional<swap_reading> swap;  ///< absent on a machine without swap
};

/// Reads /proc/meminfo; absent where it does not tell the total.
[[nodiscard]] std::optional<memory_reading> read_memory(const file_tree& files) noexcept;

}  // namespace gateway
