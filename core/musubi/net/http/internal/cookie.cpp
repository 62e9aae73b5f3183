#include <cstddef>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/cookie.hpp>
#include <musubi/net/http/internal/list.hpp>

namespace musubi::net::http {

bool cookie_cursor::next(cookie_pair& cookie) noexcept {
  for (;;) {
    while (!rest_.empty()) {
      const std::size_t end = rest_.find(';');
      const auto part = slice(rest_, 0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos) continue;
      cookie.name = trim(slice(part, 0, equals));
      cookie.value = trim(slice(part, equals + 1));
      if (!cookie.name.empty()) return true;
    }
    header_field field;
    do {
      if (!fields_.next(field)) return false;
    } while (!iequals(field.name, "cookie"));
    rest_ = field.value;
  }
}

std::string_view find_cookie(const head& request, std::string_view name) noexcept {
  cookie_cursor cursor{request};
  cookie_pair cookie;
  while (cursor.next(cookie)) {
    if (cookie.name == name) return cookie.value;
  }
  return {};
}

}  // namespace musubi::net::http
