#pragma once
/// What a browser sends and reads when somebody signs in.

#include "support/browser.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <musubi/net/internal/base64.hpp>

namespace musubi::test {

inline std::string authorization(std::string_view name, std::string_view password) {
  const std::string both = std::string(name) + ":" + std::string(password);
  std::string encoded(net::encoded_base64_size(both.size()), '\0');
  (void)net::encode_base64({reinterpret_cast<const std::uint8_t*>(both.data()), both.size()},
                           encoded);
  return "Authorization: Basic " + encoded + "\r\n";
}

/// The text of a member in a flat JSON object.
inline std::string member(const response& of, std::string_view name) {
  const std::string begin = "\"" + std::string(name) + "\":\"";
  const std::size_t at = of.body.find(begin);
  if (at == std::string::npos) return {};
  const std::size_t first = at + begin.size();
  return of.body.substr(first, of.body.find('"', first) - first);
}

/// The field with which a browser asks for the answer to its attempt.
inline std::string ticket_of(const response& begun) {
  return "X-Login-Ticket: " + member(begun, "ticket") + "\r\n";
}

/// The field with which a browser sends the cookie that it was given.
inline std::string cookie_of(const response& signed_in) {
  const std::string set = signed_in.field("Set-Cookie").value_or("");
  return "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
}

}  // namespace musubi::test
