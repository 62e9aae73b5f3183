#pragma once
/// Numbers in bytes, the least significant first.

#include <cstddef>
#include <cstdint>

namespace musubi::update {

[[nodiscard]] constexpr std::uint32_t read_number(const std::byte* from,
                                                  std::size_t bytes = 4) noexcept {
  std::uint32_t made = 0;
  for (std::size_t i = bytes; i-- != 0;) made = made << 8 | std::to_integer<std::uint32_t>(from[i]);
  return made;
}
constexpr void write_number(std::byte* into, std::uint32_t number) noexcept {
  for (std::size_t i = 0; i < 4; ++i) into[i] = static_cast<std::byte>(number >> 8 * i & 0xFF);
}

}  // namespace musubi::update
