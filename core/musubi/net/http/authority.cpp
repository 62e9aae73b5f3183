#include <algorithm>
#include <charconv>
#include <cstddef>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>

namespace musubi::net::http {
namespace {

bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

/// An address in brackets; its exact spelling is not checked here.
bool is_address(std::string_view text) {
  return text.size() > 2 && text.back() == ']' &&
         slice(text, 1, text.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") ==
             std::string_view::npos;
}

}  // namespace

bool read_authority(std::string_view text, authority& out) noexcept {
  const bool bracket = text.starts_with('[');
  const std::size_t colon = text.find(':', bracket ? text.find(']') : 0);
  out.host = slice(text, 0, colon);
  out.port = 0;
  if (!(bracket ? is_address(out.host) : is_name(out.host))) return false;
  if (colon == std::string_view::npos || colon + 1 == text.size()) return true;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, out.port);
  return error == std::errc{} && rest == end && out.port != 0;
}

}  // namespace musubi::net::http
