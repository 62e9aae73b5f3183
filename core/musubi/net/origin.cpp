#include <cstddef>
#include <cstdint>

#include <musubi/net/authority.hpp>
#include <musubi/net/http_list.hpp>
#include <musubi/net/origin.hpp>

namespace musubi::net::http {
namespace {

/// 0 for an unknown scheme.
std::uint16_t default_port(std::string_view scheme) noexcept {
  if (iequals(scheme, "http") || iequals(scheme, "ws")) return 80;
  if (iequals(scheme, "https") || iequals(scheme, "wss")) return 443;
  return 0;
}

}  // namespace

bool same_host(std::string_view origin, std::string_view host) noexcept {
  const std::size_t scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos || scheme_end == 0) return false;
  authority page;
  authority server;
  if (!read_authority(origin.substr(scheme_end + 3), page) || page.host.empty() ||
      !read_authority(host, server)) {
    return false;
  }
  const std::uint16_t implied = default_port(origin.substr(0, scheme_end));
  const auto port = [implied](const authority& of) { return of.port != 0 ? of.port : implied; };
  return iequals(page.host, server.host) && port(page) == port(server);
}

}  // namespace musubi::net::http
