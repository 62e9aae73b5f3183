#include "settings/token.hpp"

#include <sys/random.h>

namespace gateway {

access_token make_token() noexcept {
  // 32 of them, without those that look alike.
  constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  unsigned char bytes[20];
  access_token token;
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return token;
  for (const unsigned char byte : bytes) (void)token.append(alphabet.substr(byte % 32, 1));
  return token;
}

bool opens(std::string_view given, const access_token& token) noexcept {
  if (token.empty()) return true;
  const std::string_view secret = token;
  // Always as many steps as the secret is long; only its length shows.
  unsigned difference = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const char other = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(secret[i] ^ other);
  }
  return difference == 0;
}

}  // namespace gateway
