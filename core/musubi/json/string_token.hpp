#pragma once
/// A string of a JSON text that was read, but not decoded yet.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/json/writer.hpp>

namespace musubi::json {

/// What stands between the quotes of a well-formed string. It offers its characters only decoded,
/// so that nobody compares the spelling of a string where its value is meant. A view: the text
/// outlives it.
class string_token {
 public:
  constexpr string_token() noexcept = default;
  /// `inside` is well formed; `escaped` tells whether there is a backslash in it.
  constexpr string_token(std::string_view inside, bool escaped) noexcept
      : inside_(inside), escaped_(escaped) {}
  /// Characters that need no escape, such as the name of a field.
  constexpr explicit string_token(std::string_view plain) noexcept : inside_(plain) {}

  /// Bytes of UTF-8 when decoded.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return inside_.empty(); }
  /// Writes the `size()` decoded bytes to `into`; answers the end.
  char* decode(char* into) const noexcept;
  /// Decodes the string where it stands, in the writable text that it was read from: no value is
  /// longer than its spelling. Nobody can read that part of the text again.
  [[nodiscard]] std::string_view decode_in(std::span<char> text) const noexcept {
    if (!escaped_) return inside_;
    char* const begin = text.data() + (inside_.data() - text.data());
    return {begin, static_cast<std::size_t>(decode(begin) - begin)};
  }
  /// Writes the inside of the same string in the spelling that `writer` gives to every string.
  void write(writer& out) const noexcept;

  /// By value: `"id"` and `"\u0069d"` are equal.
  friend bool operator==(const string_token& a, std::string_view b) noexcept {
    return a.escaped_ ? a.compare(string_token(b)) == 0 : a.inside_ == b;
  }
  /// Below zero, zero or above, by the decoded bytes.
  [[nodiscard]] int compare(const string_token& other) const noexcept;

  /// Walks over the decoded characters, in pieces.
  class pieces {
   public:
    explicit pieces(const string_token& of) noexcept : left_(of.inside_), escaped_(of.escaped_) {}
    /// The next piece, which lives until the next call; false behind the last.
    bool next(std::string_view& piece) noexcept;

   private:
    std::string_view left_;
    bool escaped_;
    std::array<char, 4> character_{};
  };

 private:
  friend class field_path;
  friend class reader;
  std::string_view inside_;
  bool escaped_ = false;
};

}  // namespace musubi::json
