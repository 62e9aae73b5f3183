#pragma once
/// The board has no flash that a program could write: its PSRAM behaves like it. On your board, the
/// five functions drive the flash controller or a chip behind SPI.

#include <musubi/update/flash.hpp>

namespace board {

/// NOR flash with sectors of 4 KiB and words of 8 bytes: programming clears bits.
class simulated_flash final : public musubi::update::flash {
 public:
  [[nodiscard]] std::uint32_t sector_bytes() const noexcept override { return 4096; }
  [[nodiscard]] std::uint32_t write_bytes() const noexcept override { return 8; }
  [[nodiscard]] bool erase(std::uint32_t at) noexcept override;
  [[nodiscard]] bool program(std::uint32_t at, std::span<const std::byte> bytes) noexcept override;
  [[nodiscard]] bool read(std::uint32_t at, std::span<std::byte> into) noexcept override;
};

}  // namespace board
