#pragma once
/// A strict reading of JSON text in place: checks the grammar, finds where values lie, copies
/// nothing.

#include <cstddef>
#include <optional>
#include <string_view>

namespace musubi::json {

/// Walks over one JSON text (RFC 8259). Every step answers false, for good, at the first byte that
/// is not well formed. `\u0000` counts as malformed: no text of a store can hold it.
class scanner {
 public:
  /// Deepest nesting that is accepted: far above any command, far below any stack.
  static constexpr int max_depth = 16;
  /// Longest number that is accepted: what cJSON takes. Any double can be written in 25 bytes.
  static constexpr std::ptrdiff_t max_number_bytes = 63;

  explicit scanner(std::string_view text) noexcept
      : at_(text.data()), end_(text.data() + text.size()) {}

  /// Skips white space, then `byte`; false, and nothing skipped but the space, when another stands
  /// there.
  bool take(char byte) noexcept {
    space();
    if (at_ == end_ || *at_ != byte) return false;
    ++at_;
    return true;
  }
  /// True when nothing but white space is left.
  bool finished() noexcept {
    space();
    return at_ == end_;
  }
  /// One value of any kind; `raw` becomes its text, without the white space around.
  bool value(std::string_view& raw) noexcept;
  /// A string; `inside` becomes what stands between the quotes, escapes as they are.
  bool string(std::string_view& inside) noexcept;
  /// A string as above, or `null`, which becomes nothing.
  bool string_or_null(std::optional<std::string_view>& inside) noexcept;

 private:
  void space() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool escape() noexcept;
  bool skip_value(int depth) noexcept;
  bool skip_members(int depth) noexcept;
  bool skip_elements(int depth) noexcept;
  bool skip_number() noexcept;
  bool skip_word(std::string_view word) noexcept;

  const char* at_;
  const char* end_;
};

/// The text of the member `key` of the well-formed object `object`, quotes and escapes as they are;
/// the last one, should there be several. Empty when there is none, or no object.
[[nodiscard]] std::string_view raw_member(std::string_view object, std::string_view key) noexcept;

/// True when `text` is one well-formed JSON value.
[[nodiscard]] bool well_formed(std::string_view text) noexcept;

}  // namespace musubi::json
