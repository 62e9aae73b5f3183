#pragma once

#include <string_view>

#include <musubi/net/http/internal/head.hpp>

/// The Cookie request field (RFC 6265 section 4.2).
namespace musubi::net::http {

/// One `name=value`, trimmed. A quoted value keeps its quotes.
struct cookie_pair {
  std::string_view name;
  std::string_view value;
};

/// Iterates over the cookies of a request in order, across all its Cookie lines: a proxy that
/// speaks HTTP/2 to the browser may send one line per cookie (RFC 9113 8.2.3). Parts without '=' or
/// without a name are skipped. Scans the header fields.
class cookie_cursor {
 public:
  explicit cookie_cursor(const head& request) noexcept : fields_{request.fields} {}
  /// False at the end.
  [[nodiscard]] bool next(cookie_pair& cookie) noexcept;

 private:
  field_cursor fields_;
  std::string_view rest_;  // of the current line
};

/// The value of the first cookie named exactly `name` (browsers send the most specific path first),
/// not decoded. Its `data()` is null when there is none (see `present`).
[[nodiscard]] std::string_view find_cookie(const head& request, std::string_view name) noexcept;

}  // namespace musubi::net::http
