#include <cstddef>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/host_name.hpp>
#include <musubi/net/http/internal/list.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::net::http {
namespace {

std::string_view without_dot(std::string_view name) noexcept {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

/// Removes `suffix` from the end of `name`, ignoring case.
bool cut_suffix(std::string_view& name, std::string_view suffix) noexcept {
  if (name.size() < suffix.size()) return false;
  const std::size_t rest = name.size() - suffix.size();
  if (!iequals({name.data() + rest, suffix.size()}, suffix)) return false;
  name.remove_suffix(suffix.size());
  return true;
}

}  // namespace

bool is_literal_address(std::string_view host) noexcept {
  ipv4_address v4;
  return host.starts_with('[') || read_ipv4(host, v4);
}

bool same_name(std::string_view host, std::string_view name) noexcept {
  return iequals(without_dot(host), without_dot(name));
}

bool is_loopback_name(std::string_view host) noexcept {
  host = without_dot(host);
  return iequals(host, "localhost") || cut_suffix(host, ".localhost");
}

bool is_name_of(std::string_view host, std::string_view device) noexcept {
  const std::string_view label = slice(device, 0, index_of(device, '.'));
  if (label.empty()) return false;
  if (same_name(host, device)) return true;
  host = without_dot(host);
  (void)cut_suffix(host, ".local");
  return iequals(host, label);
}

}  // namespace musubi::net::http
