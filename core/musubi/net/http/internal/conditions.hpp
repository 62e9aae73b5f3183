#pragma once

#include <cstdint>
#include <string_view>

#include <musubi/net/http/internal/head.hpp>

/// Conditional requests (RFC 9110 section 13), by entity tag: what is served here has no dates.
namespace musubi::net::http {

/// What the conditions of a GET or HEAD make of it.
enum class condition : std::uint8_t {
  none,      ///< they hold, or there are none: answer it
  unneeded,  ///< the client has this version: 304
  failed,    ///< it wants another version than the one there is: 412
};

/// Checks If-Match and If-None-Match in their order (13.2.2). `etag` is without quotes, of a strong
/// tag; empty: the content has none, and is only meant by "*".
[[nodiscard]] condition check_conditions(const head& request, std::string_view etag) noexcept;

/// False when If-Range names another version than `etag`, or a date: Range is then ignored
/// (13.1.5).
[[nodiscard]] bool range_applies(const head& request, std::string_view etag) noexcept;

}  // namespace musubi::net::http
