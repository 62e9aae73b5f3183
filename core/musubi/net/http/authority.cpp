#include <cstddef>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>

namespace musubi::net::http {
namespace {

bool is_name(std::string_view text) {
  return consists_of(
      text, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; });
}

/// An address in brackets; its exact spelling is not checked here.
bool is_address(std::string_view text) {
  return text.size() > 2 && text.back() == ']' &&
         consists_of(slice(text, 1, text.size() - 2), [](char c) {
           const char lower = static_cast<char>(c | 0x20);
           return is_digit(c) || (lower >= 'a' && lower <= 'f') || c == ':' || c == '.';
         });
}

}  // namespace

bool read_authority(std::string_view text, authority& out) noexcept {
  const bool bracket = text.starts_with('[');
  const std::size_t end = bracket ? index_of(text, ']') : 0;
  std::size_t colon = index_of(slice(text, end), ':');
  if (colon != std::string_view::npos) colon += end;
  out.host = slice(text, 0, colon);
  out.port = 0;
  if (!(bracket ? is_address(out.host) : is_name(out.host))) return false;
  if (colon == std::string_view::npos || colon + 1 == text.size()) return true;
  std::string_view rest = slice(text, colon + 1);
  unsigned port = 0;
  const bool read = take_number(rest, rest.size(), 65535, port);
  out.port = static_cast<std::uint16_t>(port);
  return read && rest.empty() && port != 0;
}

}  // namespace musubi::net::http
