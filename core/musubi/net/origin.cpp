#include <charconv>
#include <cstddef>
#include <cstdint>

#include <musubi/net/http_list.hpp>
#include <musubi/net/origin.hpp>

namespace musubi::net::http {
namespace {

struct authority {
  std::string_view name;
  std::uint16_t port = 0;  // 0: the default of an unknown scheme
};

bool split(std::string_view text, std::uint16_t default_port, authority& out) noexcept {
  const std::size_t name_end = text.starts_with('[') ? text.find(']') : 0;
  if (name_end == std::string_view::npos) return false;
  const std::size_t colon = text.find(':', name_end);
  out.name = text.substr(0, colon);
  out.port = default_port;
  if (colon == std::string_view::npos || colon + 1 == text.size()) return !out.name.empty();
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, out.port);
  return !out.name.empty() && error == std::errc{} && rest == end && out.port != 0;
}

std::uint16_t default_port(std::string_view scheme) noexcept {
  if (iequals(scheme, "http") || iequals(scheme, "ws")) return 80;
  if (iequals(scheme, "https") || iequals(scheme, "wss")) return 443;
  return 0;
}

}  // namespace

bool same_host(std::string_view origin, std::string_view host) noexcept {
  const std::size_t scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos || scheme_end == 0) return false;
  const auto serialized = origin.substr(scheme_end + 3);
  if (serialized.find_first_of("/?#@ ,") != std::string_view::npos) return false;
  const std::uint16_t implied = default_port(origin.substr(0, scheme_end));
  authority page;
  authority server;
  return split(serialized, implied, page) && split(host, implied, server) &&
         iequals(page.name, server.name) && page.port == server.port;
}

}  // namespace musubi::net::http
