#include "simulated_flash.hpp"

#include "memory_map.hpp"

#include <cstring>

namespace board {

namespace {

/// The bytes from `at` on, or null if they are not all in the flash.
std::byte* memory(std::uint32_t at, std::size_t bytes) noexcept {
  if (at < map::flash || bytes > map::flash_bytes || at - map::flash > map::flash_bytes - bytes) {
    return nullptr;
  }
  return reinterpret_cast<std::byte*>(at);
}

}  // namespace

bool simulated_flash::erase(std::uint32_t at) noexcept {
  std::byte* const sector = memory(at, sector_bytes());
  if (sector == nullptr) return false;
  std::memset(sector, 0xFF, sector_bytes());
  return true;
}

bool simulated_flash::program(std::uint32_t at, std::span<const std::byte> bytes) noexcept {
  std::byte* const into = memory(at, bytes.size());
  if (into == nullptr) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) into[i] &= bytes[i];
  return true;
}

bool simulated_flash::read(std::uint32_t at, std::span<std::byte> into) noexcept {
  const std::byte* const from = memory(at, into.size());
  if (from == nullptr) return false;
  std::memcpy(into.data(), from, into.size());
  return true;
}

}  // namespace board
