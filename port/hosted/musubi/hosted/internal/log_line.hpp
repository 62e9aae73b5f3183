#pragma once
/// One line of a log: printable text of bounded length.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musubi::hosted {

/// Text from a peer, to be quoted, and truncated when it is long.
struct quoted {
  std::string_view text;
};

/// Builds a line in place. Escapes control characters, characters that change the text direction,
/// and bytes that are not UTF-8, so a peer can neither forge a line nor change how one reads. A
/// line that is too long is truncated and ends with "…".
class log_line {
 public:
  static constexpr std::size_t capacity = 480;
  /// Most bytes of one quoted text.
  static constexpr std::size_t quoted_bytes = 80;

  log_line& operator<<(std::string_view text) noexcept {
    append(text, false);
    return *this;
  }
  log_line& operator<<(const char* text) noexcept { return *this << std::string_view(text); }
  log_line& operator<<(const quoted& peers) noexcept;
  template <std::unsigned_integral Number>
  log_line& operator<<(Number number) noexcept {
    return append_number(number);
  }

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }

 private:
  void append(std::string_view text, bool within_quotes) noexcept;
  log_line& append_number(std::uint64_t number) noexcept;
  /// Appends all of it or, from then on, nothing.
  bool append_whole(std::string_view printable) noexcept;
  bool append_escaped(char kind, std::uint32_t value, int digits) noexcept;

  std::size_t size_ = 0;
  bool full_ = false;
  char bytes_[capacity];
};

}  // namespace musubi::hosted
