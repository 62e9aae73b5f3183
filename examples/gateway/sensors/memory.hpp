#pragma once
/// Memory and swap.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/safe_integer.hpp>

namespace gateway {

/// Bytes.
struct swap_reading {
  musubi::safe_integer total = 0;
  musubi::safe_integer used = 0;
};

/// Bytes. `used` is what programs could not have: `total` less `available`.
struct memory_reading {
  static constexpr std::string_view module = "Gateway.Memory";
  musubi::safe_integer total = 0;
  musubi::safe_integer used = 0;
  musubi::safe_integer available = 0;
  musubi::safe_integer cached = 0;   ///< file contents, kept as long as nobody needs the room
  std::optional<swap_reading> swap;  ///< absent on a machine without swap
  bool stale = false;                ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;             ///< seconds since it was read, while it is stale
};

/// The lines of /proc/meminfo, one after the other, and then what they tell.
class memory_lines {
 public:
  void take(std::string_view line) noexcept;
  /// Absent where they do not tell the total, or nothing of what is left of it.
  [[nodiscard]] std::optional<memory_reading> reading() const noexcept;

 private:
  static constexpr std::size_t fields = 9;
  std::optional<std::uint64_t> bytes_[fields];
};

/// Reads /proc/meminfo.
[[nodiscard]] std::optional<memory_reading> read_memory(file_reader& reader) noexcept;

}  // namespace gateway
