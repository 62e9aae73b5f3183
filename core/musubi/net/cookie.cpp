#include <cstddef>

#include <musubi/net/cookie.hpp>
#include <musubi/net/http_list.hpp>

namespace musubi::net::http {

bool cookie_cursor::next(cookie_pair& cookie) noexcept {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find(';');
    const auto part = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    cookie.name = trim(part.substr(0, equals));
    cookie.value = trim(part.substr(equals + 1));
    if (!cookie.name.empty()) return true;
  }
  return false;
}

decode_outcome find_cookie(std::string_view field, std::string_view name, std::span<char>& room,
                           std::string_view& out) noexcept {
  cookie_cursor cursor{field};
  cookie_pair cookie;
  while (cursor.next(cookie)) {
    if (cookie.name == name) return decode_percent(cookie.value, room, out);
  }
  return decode_outcome::absent;
}

}  // namespace musubi::net::http
