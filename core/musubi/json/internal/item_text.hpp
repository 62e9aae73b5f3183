#pragma once
/// The strings of cJSON items that were made in an arena.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <musubi/memory/internal/arena.hpp>

namespace musubi::json::item_text {

// In front of the characters of each string stands their count: U+0000 may be among them.
using stored_size = std::uint32_t;

inline std::string_view characters(const char* string) noexcept {
  stored_size count = 0;
  std::memcpy(&count, string - sizeof count, sizeof count);
  return {string, count};
}

/// A string of `size` bytes, which `fill` writes; null when the arena is too small.
template <class Fill>
char* make(arena& memory, std::size_t size, Fill&& fill) noexcept {
  const auto count = static_cast<stored_size>(size);
  auto* const room = static_cast<char*>(memory.allocate(sizeof count + size + 1));
  if (room == nullptr) return nullptr;
  std::memcpy(room, &count, sizeof count);
  char* const into = room + sizeof count;
  fill(into);
  into[size] = '\0';
  return into;
}

}  // namespace musubi::json::item_text
