#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::net {

/// Incremental UTF-8 validation (RFC 3629): text may arrive in pieces split anywhere, even within a
/// character. Overlong forms, surrogates and code points above U+10FFFF are refused at the first
/// byte that reveals them. Three bytes of state, no tables; ASCII is checked eight bytes at a time.
class utf8_validator {
 public:
  /// Checks the next piece. Returns false when the text can no longer become valid; only `reset`
  /// may be called then.
  [[nodiscard]] bool feed(std::span<const std::byte> piece) noexcept;

  /// True when the text may end here, not within a character.
  [[nodiscard]] bool complete() const noexcept { return pending_ == 0; }

  /// Starts a new text.
  void reset() noexcept { *this = utf8_validator{}; }

 private:
  bool start_character(unsigned char lead) noexcept;

  std::uint8_t pending_ = 0;  // continuation bytes still missing from the current character
  std::uint8_t low_ = 0x80;   // bounds of the next continuation byte: narrower after the leads
  std::uint8_t high_ = 0xBF;  // E0, ED, F0 and F4, which is what excludes the ill-formed ranges
};

/// True when `text` is complete, well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::span<const std::byte> text) noexcept;
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

}  // namespace musubi::net
