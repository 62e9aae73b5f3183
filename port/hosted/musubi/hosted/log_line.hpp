#pragma once
/// One line of a log, of bounded length and nothing but printable text.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musubi::hosted {

/// A peer's text, to be put between quotation marks and cut when it is long.
struct quoted {
  std::string_view text;
};

/// Builds a line in place. Control characters, marks that turn the direction of writing, and what
/// is no UTF-8 are escaped: a peer cannot start a line of its own, or make one read as another.
/// What does not fit is cut, and ends with "…".
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
  /// All of it or, from then on, nothing.
  bool append_whole(std::string_view printable) noexcept;
  bool append_escaped(char kind, std::uint32_t value, int digits) noexcept;

  std::size_t size_ = 0;
  bool full_ = false;
  char bytes_[capacity];
};

}  // namespace musubi::hosted
