#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// Query strings (`application/x-www-form-urlencoded` in the URL standard).
namespace musubi::net::http {

/// Outcome of a lookup or a decoding.
enum class decode_outcome : std::uint8_t {
  ok,
  absent,     ///< no such name
  malformed,  ///< a '%' without two hexadecimal digits, or the decoded bytes are not UTF-8
  no_room,    ///< the caller's buffer is too small
};

/// Decodes percent escapes. Text without any is returned unchanged and uses no room. Otherwise it
/// is decoded to the front of `room`, which is then shortened by the part used, so one buffer
/// serves many calls. `out` is set only if ok, and is valid as long as both inputs.
[[nodiscard]] decode_outcome decode_percent(std::string_view text, std::span<char>& room,
                                            std::string_view& out) noexcept;

/// Like `decode_percent`, but also decodes '+' as a space: for names and values of a query.
[[nodiscard]] decode_outcome decode_form(std::string_view text, std::span<char>& room,
                                         std::string_view& out) noexcept;

/// One `name=value` of a query, not decoded. Without '=' the value is empty.
struct raw_parameter {
  std::string_view name;
  std::string_view value;
};

/// Iterates over the parameters of a query in order; empty ones ("a=1&&b=2") are skipped.
class query_cursor {
 public:
  /// `query` is the part after the '?'.
  explicit query_cursor(std::string_view query) noexcept : rest_{query} {}
  /// False at the end.
  [[nodiscard]] bool next(raw_parameter& parameter) noexcept;

 private:
  std::string_view rest_;
};

/// Finds the decoded value of the last parameter named `name`: of repeated names the last one wins,
/// as in Phoenix. A malformed name anywhere in the query makes it malformed. `room` as in
/// `decode_percent`; names are also decoded in it.
[[nodiscard]] decode_outcome find_parameter(std::string_view query, std::string_view name,
                                            std::span<char>& room, std::string_view& out) noexcept;

}  // namespace musubi::net::http
