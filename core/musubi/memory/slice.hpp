#pragma once
/// Substrings of untrusted text.

#include <cstddef>
#include <string_view>

namespace musubi {

/// At most `count` characters of `text` from `begin` on; fewer, or none, if it ends earlier. Unlike
/// `std::string_view::substr` it throws for no input: without exceptions, that would end the
/// program.
[[nodiscard]] constexpr std::string_view slice(
    std::string_view text, std::size_t begin, std::size_t count = std::string_view::npos) noexcept {
  if (begin > text.size()) begin = text.size();
  const std::size_t left = text.size() - begin;
  return {text.data() + begin, count < left ? count : left};
}

/// The longest prefix of `text` that has at most `most` bytes and does not split a UTF-8 character.
[[nodiscard]] constexpr std::string_view whole_characters(std::string_view text,
                                                          std::size_t most) noexcept {
  if (text.size() <= most) return text;
  std::size_t end = most;
  // no character has more than three bytes after its first
  while (end > 0 && most - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return slice(text, 0, end);
}

}  // namespace musubi
