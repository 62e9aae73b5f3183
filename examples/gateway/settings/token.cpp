#include "settings/token.hpp"

#include <sys/random.h>

#include <musubi/net/same_secret.hpp>

namespace gateway {

access_token make_token() noexcept {
  // 32 characters, without similar ones such as 0 and o.
  constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  unsigned char bytes[20];
  access_token token;
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return token;
  for (const unsigned char byte : bytes) (void)token.append(alphabet.substr(byte % 32, 1));
  return token;
}

bool opens(std::string_view given, const access_token& token) noexcept {
  return token.empty() || musubi::net::same_secret(given, token);
}

}  // namespace gateway
