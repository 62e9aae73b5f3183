#include "settings/options.hpp"

#include <musubi/hosted/bind_address.hpp>
#include <musubi/net/authority.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/net/origin.hpp>
#include <musubi/net/trusted_proxies.hpp>

namespace gateway {
namespace {

using musubi::program::complaint;

complaint take_state(std::string_view value, std::optional<file_path>& into) {
  if (value.empty() || !into.emplace().assign(value)) return "not the path of a file";
  return {};
}

complaint take_token(std::string_view value, access_token& into) {
  if (value.empty() || !into.assign(value)) return "not a secret of 1 to 128 bytes";
  return {};
}

complaint take_another(std::string_view value, name_list& into) {
  name_list::value_type name;
  if (!name.assign(value) || !into.push_back(name)) return "more than 8, or longer than 128 bytes";
  return {};
}

complaint take_host(std::string_view value, name_list& into) {
  musubi::net::http::authority named;
  if (!musubi::net::http::read_authority(value, named) || value.empty() ||
      named.host.size() != value.size()) {
    return "not a name without port, as in gw.example";
  }
  return take_another(value, into);
}

complaint take_origin(std::string_view value, name_list& into) {
  using musubi::net::http::match_origin;
  if (match_origin(value, {}) == musubi::net::http::origin_match::no_origin) {
    return "not scheme, name and port, as in https://gw.example:8443";
  }
  return take_another(value, into);
}

complaint take_proxy(std::string_view value, name_list& into) {
  const std::string_view named[] = {value};
  if (!musubi::net::http::trusted_proxies(named).malformed().empty() || value.empty()) {
    return "not an address, a network as in 10.0.0.0/8, or unix";
  }
  return take_another(value, into);
}

}  // namespace

bool options::is_local() const noexcept {
  return musubi::net::is_loopback_address(bind);
}

std::string_view options::unix_path() const noexcept {
  return musubi::program::unix_path_of(bind);
}

bool options::is_private() const noexcept {
  return is_local() && origins.empty() && hosts.empty() && proxies.empty();
}

std::string_view options::contradiction() const noexcept {
  return open && !token.empty() ? "--no-token and --token exclude each other" : std::string_view();
}

std::array<musubi::program::option, 11> option_table(options& chosen) {
  using musubi::program::between;
  return {{
      {"--bind ADDRESS", chosen.bind, musubi::program::take_bind, "listen here, or on unix:PATH",
       "127.0.0.1: this machine alone"},
      {"--port NUMBER", chosen.port, "listen on this port; 0: any that is free"},
      {"--state FILE", chosen.state, take_state, "keep the settings in this file",
       "below ~/.local/state"},
      {"--token SECRET", chosen.token, take_token, "let in only who knows the secret",
       "$GATEWAY_TOKEN,\nor made up where others than this machine can connect"},
      {"--no-token", chosen.open, "let everybody in, whatever the address"},
      {"--host NAME", chosen.hosts, take_host,
       "be served under this name, without port; may be\nrepeated", "this machine's own names"},
      {"--origin ORIGIN", chosen.origins, take_origin,
       "let pages of this origin connect, as in\nhttps://gw.example:8443, where a proxy passes on\n"
       "another Host; may be repeated"},
      {"--proxy ADDRESS", chosen.proxies, take_proxy,
       "trust what this proxy says of its clients' addresses:\nan address, a network, or unix; may "
       "be repeated"},
      {"--cores NUMBER", between(chosen.cores, 1, 16), "serve from so many threads"},
      {"--root FOLDER", chosen.root,
       "read the machine's files below this; in a container,\nsay, /host"},
      {"--log-level LEVEL", chosen.log,
       "log messages up to this level: error, warning, notice,\ninfo, debug; or none"},
  }};
}

}  // namespace gateway
