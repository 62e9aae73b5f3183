#pragma once
/// What an update needs from a board's flash, and where it puts what.

#include <cstddef>
#include <cstdint>
#include <span>

namespace musubi::update {

/// Flash memory. The board derives from it: five functions. Addresses are the board's own. The
/// functions block until they are done, and return false when the flash reports an error.
class flash {
 public:
  /// What one `erase` clears, a multiple of `write_bytes`. A part with sectors of several sizes
  /// reports the largest of those that slots and records are in.
  [[nodiscard]] virtual std::uint32_t sector_bytes() const noexcept = 0;
  /// The unit of `program`: a power of two, at most 32.
  [[nodiscard]] virtual std::uint32_t write_bytes() const noexcept = 0;
  /// Sets the sector that begins at `at` to ones.
  [[nodiscard]] virtual bool erase(std::uint32_t at) noexcept = 0;
  /// Writes erased bytes, once. Address and size are multiples of `write_bytes`.
  [[nodiscard]] virtual bool program(std::uint32_t at,
                                     std::span<const std::byte> bytes) noexcept = 0;
  /// Reads bytes from anywhere.
  [[nodiscard]] virtual bool read(std::uint32_t at, std::span<std::byte> into) noexcept = 0;

 protected:
  flash() noexcept = default;
  flash(const flash&) = default;
  flash& operator=(const flash&) = default;
  ~flash() = default;
};

/// Where the two images and the two records are. Every address is the beginning of a sector, and
/// nothing else is in these sectors.
struct flash_layout {
  std::uint32_t slots[2];
  std::uint32_t slot_bytes;  ///< of each slot; whole sectors
  std::uint32_t records[2];  ///< a sector each
};

}  // namespace musubi::update
