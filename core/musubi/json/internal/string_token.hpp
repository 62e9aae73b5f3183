#pragma once
/// A string in a JSON text that has been read but not decoded.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::json {

/// The UTF-16 unit of the `uXXXX` at `at`, or -1.
[[nodiscard]] int utf16_unit(const char* at, const char* end) noexcept;

/// The text between the quotes of a well-formed string. It gives access only to decoded characters,
/// so that a comparison always uses the value, not the spelling. A view: the text must outlive it.
class string_token {
 public:
  constexpr string_token() noexcept = default;
  /// `inside` must be well formed; `escaped`: it contains a backslash.
  constexpr string_token(std::string_view inside, bool escaped) noexcept
      : inside_(inside), escaped_(escaped) {}
  /// From characters that need no escape, such as the name of a field.
  constexpr explicit string_token(std::string_view plain) noexcept : inside_(plain) {}

  /// Size in bytes of UTF-8 when decoded.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return inside_.empty(); }
  /// Writes the `size()` decoded bytes to `into` and returns the end.
  char* decode(char* into) const noexcept;
  /// Decodes the string in place, in the writable text from which it was read: a value is never
  /// longer than its spelling. That part of the text cannot be read again.
  [[nodiscard]] std::string_view decode_in(std::span<char> text) const noexcept {
    if (!escaped_) return inside_;
    char* const begin = text.data() + (inside_.data() - text.data());
    return {begin, static_cast<std::size_t>(decode(begin) - begin)};
  }
  /// Writes the inside of the string with the escapes that `writer` uses.
  void write(writer& out) const noexcept;

  /// Compares values: `"id"` and `"\u0069d"` are equal.
  friend bool operator==(const string_token& a, std::string_view b) noexcept {
    return short_ways && !a.escaped_ ? a.inside_ == b : a.is(b);
  }
  /// Below zero, zero or above, by the decoded bytes.
  [[nodiscard]] int compare(const string_token& other) const noexcept;

  /// Iterates over the decoded characters, in pieces.
  class pieces {
   public:
    explicit pieces(const string_token& of) noexcept : left_(of.inside_), escaped_(of.escaped_) {}
    /// The next piece, valid until the next call. Returns false after the last.
    bool next(std::string_view& piece) noexcept;

   private:
    std::string_view left_;
    bool escaped_;
    std::array<char, 4> character_{};
  };

 private:
  friend class field_path;
  friend class reader;
  [[nodiscard]] bool is(std::string_view value) const noexcept;

  std::string_view inside_;
  bool escaped_ = false;
};

}  // namespace musubi::json
