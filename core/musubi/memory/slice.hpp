#pragma once
/// A part of a text, for texts that came from outside.

#include <cstddef>
#include <string_view>

namespace musubi {

/// At most `count` characters of `text` from `begin` on; fewer, or none, where it ends before.
/// Unlike `std::string_view::substr` it has no input that throws, which ends a program where
/// nothing may throw.
[[nodiscard]] constexpr std::string_view slice(
    std::string_view text, std::size_t begin, std::size_t count = std::string_view::npos) noexcept {
  if (begin > text.size()) begin = text.size();
  const std::size_t left = text.size() - begin;
  return {text.data() + begin, count < left ? count : left};
}

/// As much of `text` as `most` bytes hold, without a part of a character of UTF-8 at its end.
[[nodiscard]] constexpr std::string_view whole_characters(std::string_view text,
                                                          std::size_t most) noexcept {
  if (text.size() <= most) return text;
  std::size_t end = most;
  // no character has more than three bytes behind its first
  while (end > 0 && most - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return slice(text, 0, end);
}

}  // namespace musubi
