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

/// In bytes. `used` is `total` minus `available`.
struct memory_reading {
  static constexpr std::string_view module = "Gateway.Memory";
  musubi::safe_integer total = 0;
  musubi::safe_integer used = 0;
  musubi::safe_integer available = 0;
  musubi::safe_integer cached = 0;   ///< cached file contents, freed when memory is needed
  std::optional<swap_reading> swap;  ///< absent on a machine without swap
  bool stale = false;                ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;             ///< seconds since it was read, while it is stale
};

/// Parses /proc/meminfo line by line.
class memory_lines {
 public:
  void take(std::string_view line) noexcept;
  /// Absent if the total, or everything about free memory, is missing.
  [[nodiscard]] std::optional<memory_reading> reading() const noexcept;

 private:
  static constexpr std::size_t fields = 9;
  std::optional<std::uint64_t> bytes_[fields];
};

/// Reads /proc/meminfo.
[[nodiscard]] std::optional<memory_reading> read_memory(file_reader& reader) noexcept;

}  // namespace gateway
