#pragma once

#include <string_view>

/// Grammar shared by header fields (RFC 9110 section 5.6).
namespace musubi::net::http {

/// ASCII case-insensitive equality: header names, tokens, hosts.
[[nodiscard]] bool iequals(std::string_view a, std::string_view b) noexcept;

/// `text` without leading and trailing spaces and tabs.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// True for a character of a token (RFC 9110 5.6.2): method and header names, sub-protocols.
[[nodiscard]] bool is_token_char(char c) noexcept;

/// True when `text` is one token and not empty.
[[nodiscard]] bool is_token(std::string_view text) noexcept;

/// Returns the part of `rest` before the first `separator` outside double quotes, and removes it
/// and the separator from `rest`. Without a separator: all of it.
std::string_view split_off(std::string_view& rest, char separator) noexcept;

/// Iterates over the members of a comma-separated list, trimmed, skipping empty ones. Commas in
/// double quotes do not separate (entity tags may contain them).
class list_cursor {
 public:
  explicit list_cursor(std::string_view list) noexcept : rest_{list} {}
  /// False at the end.
  [[nodiscard]] bool next(std::string_view& member) noexcept;

 private:
  std::string_view rest_;
};

}  // namespace musubi::net::http
