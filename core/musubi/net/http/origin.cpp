#include <cstddef>
#include <cstdint>

#include <musubi/memory/internal/line_table.hpp>
#include <musubi/memory/internal/same_text.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/internal/list.hpp>
#include <musubi/net/http/origin.hpp>

namespace musubi::net::http {
namespace {

/// 0 for an unknown scheme.
std::uint16_t default_port(std::string_view scheme) noexcept {
  for (std::size_t i = 0;; ++i) {
    const table_line each = line_at("80 http\n80 ws\n443 https\n443 wss\n", i);
    if (each.number == 0 || iequals(each.text, scheme)) return each.number;
  }
}

}  // namespace

origin_match match_origin(std::string_view origin, std::string_view host) noexcept {
  std::size_t scheme_end = 0;
  while (!same_text(slice(origin, scheme_end, 3), "://")) {
    if (scheme_end++ == origin.size()) return origin_match::no_origin;
  }
  if (scheme_end == 0) return origin_match::no_origin;
  const std::string_view rest = slice(origin, scheme_end + 3);
  authority page;
  authority server;
  if (!read_authority(rest, page) || page.host.empty()) return origin_match::no_origin;
  if (!read_authority(host, server) || !iequals(page.host, server.host)) {
    return origin_match::other_host;
  }
  const std::uint16_t implied = default_port(slice(origin, 0, scheme_end));
  const auto port = [implied](const authority& of) { return of.port != 0 ? of.port : implied; };
  return port(page) == port(server) ? origin_match::same : origin_match::other_port;
}

}  // namespace musubi::net::http
