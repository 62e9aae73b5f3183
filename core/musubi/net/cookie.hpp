#pragma once

#include <span>
#include <string_view>

#include <musubi/net/query.hpp>

/// The Cookie request field (RFC 6265 section 4.2).
namespace musubi::net::http {

/// One `name=value`, trimmed; a value in double quotes keeps them.
struct cookie_pair {
  std::string_view name;
  std::string_view value;
};

/// Iterates over the cookies of a Cookie field in order. Parts without '=' or without a name are
/// skipped.
class cookie_cursor {
 public:
  explicit cookie_cursor(std::string_view field) noexcept : rest_{field} {}
  /// False at the end.
  [[nodiscard]] bool next(cookie_pair& cookie) noexcept;

 private:
  std::string_view rest_;
};

/// The value of the first cookie called exactly `name` (the most specific path comes first), with
/// percent escapes decoded; '+' is itself. `room` as in `decode_percent`.
[[nodiscard]] decode_outcome find_cookie(std::string_view field, std::string_view name,
                                         std::span<char>& room, std::string_view& out) noexcept;

}  // namespace musubi::net::http
