#include <cstddef>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/query.hpp>
#include <musubi/net/internal/utf8.hpp>

namespace musubi::net::http {
namespace {

constexpr int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

decode_outcome decode(std::string_view text, bool plus_is_space, std::span<char>& room,
                      std::string_view& out) noexcept {
  if (text.find_first_of(plus_is_space ? "%+" : "%") == std::string_view::npos) {
    if (!is_utf8(text)) return decode_outcome::malformed;
    out = text;
    return decode_outcome::ok;
  }
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && plus_is_space) {
      c = ' ';
    } else if (c == '%') {
      if (text.size() - at < 3) return decode_outcome::malformed;
      const int high = hex_digit(text[at + 1]);
      const int low = hex_digit(text[at + 2]);
      if (high < 0 || low < 0) return decode_outcome::malformed;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    if (size == room.size()) return decode_outcome::no_room;
    room[size++] = c;
  }
  const std::string_view decoded{room.data(), size};
  if (!is_utf8(decoded)) return decode_outcome::malformed;
  out = decoded;
  room = room.subspan(size);
  return decode_outcome::ok;
}

}  // namespace

decode_outcome decode_percent(std::string_view text, std::span<char>& room,
                              std::string_view& out) noexcept {
  return decode(text, false, room, out);
}

decode_outcome decode_form(std::string_view text, std::span<char>& room,
                           std::string_view& out) noexcept {
  return decode(text, true, room, out);
}

bool query_cursor::next(raw_parameter& parameter) noexcept {
  while (!rest_.empty()) {
    const std::size_t end = index_of(rest_, '&');
    const auto part = slice(rest_, 0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (part.empty()) continue;
    const std::size_t equals = index_of(part, '=');
    parameter.name = slice(part, 0, equals);
    parameter.value =
        equals == std::string_view::npos ? std::string_view{} : slice(part, equals + 1);
    return true;
  }
  return false;
}

decode_outcome find_parameter(std::string_view query, std::string_view name, std::span<char>& room,
                              std::string_view& out) noexcept {
  query_cursor cursor{query};
  raw_parameter parameter;
  raw_parameter found;
  bool any = false;
  while (cursor.next(parameter)) {
    auto scratch = room;  // the name is not kept
    std::string_view decoded;
    const auto outcome = decode_form(parameter.name, scratch, decoded);
    if (outcome != decode_outcome::ok) return outcome;
    if (decoded != name) continue;
    found = parameter;
    any = true;
  }
  return any ? decode_form(found.value, room, out) : decode_outcome::absent;
}

}  // namespace musubi::net::http
