#include "settings/options.hpp"

#include <algorithm>

#include <musubi/hosted/bind_address.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/origin.hpp>
#include <musubi/net/http/trusted_proxies.hpp>
#include <musubi/net/ip_address.hpp>

namespace gateway {
namespace {

using musubi::program::complaint;

complaint take_state(std::string_view value, std::optional<file_path>& into) {
  if (value.empty() || !into.emplace().assign(value)) return "not the path of a file";
  return {};
}

complaint take_token(std::string_view value, access_token& into) {
  if (value.empty() || !into.assign(value)) return "must be 1 to 128 bytes";
  return {};
}

complaint take_role(std::string_view value, std::optional<musubi::access::role>& into) {
  if (!musubi::access::read_role(value, into.emplace()))
    return "not one of viewer, operator, admin";
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

complaint take_level(std::string_view value, musubi::text<32>& into) {
  if (value.empty() || value.find_first_of("/+#$") != std::string_view::npos ||
      !into.assign(value)) {
    return "not 1 to 32 characters without /, +, # and $";
  }
  return {};
}

musubi::program::complaint take_service_name(std::string_view value, musubi::text<63>& into) {
  const bool is_printable = std::none_of(value.begin(), value.end(),
                                         [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (value.empty() || !is_printable || !into.assign(value)) {
    return "not 1 to 63 bytes without control characters";
  }
  return {};
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
  if (open && !token.empty()) return "--no-token and --token exclude each other";
  if (open && !users.empty()) return "--no-token and --users exclude each other";
  if (changes_users() && users.empty()) return "--set-user and --remove-user need --users FILE";
  if (!set_user.empty() && !remove_user.empty()) {
    return "--set-user and --remove-user exclude each other";
  }
  if ((role || keep_password) && set_user.empty()) {
    return "--role and --keep-password belong to --set-user";
  }
  if (no_announce && !announce.empty()) return "--no-announce and --announce exclude each other";
  if (certificate.empty() != key.empty()) return "--certificate and --key belong together";
  if (broker.empty() && !(broker_ca.empty() && broker_name.empty())) {
    return "--broker-ca and --broker-name need --broker";
  }
  return {};
}

std::array<musubi::program::option, 26> option_table(options& chosen) {
  using musubi::program::between;
  return {{
      {"--bind ADDRESS", chosen.bind, musubi::program::take_bind, "listen here, or on unix:PATH",
       "127.0.0.1: this machine only"},
      {"--port NUMBER", chosen.port, "listen on this port; 0: any free port"},
      {"--state FILE", chosen.state, take_state, "store the settings in this file",
       "below ~/.local/state"},
      {"--token SECRET", chosen.token, take_token, "require this token",
       "$GATEWAY_TOKEN,\nor generated if other machines can connect"},
      {"--no-token", chosen.open, "require no token, on any address"},
      {"--users FILE", chosen.users, "let in who signs in with a name and password of this file"},
      {"--read-only", chosen.read_only, "let everybody look only"},
      {"--set-user NAME", chosen.set_user,
       "make this user, or change its password, which is asked\nfor or read from stdin; then end"},
      {"--role ROLE", chosen.role, take_role, "with --set-user: viewer, operator or admin",
       "as before; for a new\nuser viewer, for the first one admin"},
      {"--keep-password", chosen.keep_password, "with --set-user: change the role only"},
      {"--remove-user NAME", chosen.remove_user, "remove this user; then end"},
      {"--tls", chosen.tls,
       "speak https, with a certificate that is made at first\nstart and kept beside the settings"},
      {"--certificate FILE", chosen.certificate,
       "speak https, with this certificate (PEM, and those that\nlead to its root)"},
      {"--key FILE", chosen.key, "the private key of the certificate (PEM)"},
      {"--host NAME", chosen.hosts, take_host,
       "serve requests for this host name, without port; may\nbe repeated",
       "this machine's own names"},
      {"--origin ORIGIN", chosen.origins, take_origin,
       "allow pages of this origin, for example\nhttps://gw.example:8443, if a proxy passes on\n"
       "another Host; may be repeated"},
      {"--proxy ADDRESS", chosen.proxies, take_proxy,
       "trust the client addresses that this proxy sends: an\naddress, a network, or unix; may "
       "be repeated"},
      {"--cores NUMBER", between(chosen.cores, 1, 16), "number of threads to serve from"},
      {"--broker URL", chosen.broker,
       "publish the readings to this MQTT broker, as in\nmqtt://127.0.0.1:1883; $MQTT_USER and "
       "$MQTT_PASSWORD\nare its user and password"},
      {"--broker-ca FILE", chosen.broker_ca,
       "speak TLS with the broker, whose certificate is of this\nauthority (PEM)"},
      {"--broker-name NAME", chosen.broker_name, take_level, "publish below musubi/gateway/NAME",
       "this machine's name"},
      {"--announce NAME", chosen.announce, take_service_name,
       "let others find it on the network by this name, through\nAvahi",
       "its own name, if\nother machines can connect"},
      {"--no-announce", chosen.no_announce, "do not announce it on the network"},
      {"--qr", chosen.qr,
       "print a QR code of the page's URL, as on a terminal,\nwherever the output goes"},
      {"--root FOLDER", chosen.root,
       "read the machine's files under this folder; in a\ncontainer, for example /host"},
      {"--log-level LEVEL", chosen.log,
       "log messages up to this level: error, warning, notice,\ninfo, debug; or none"},
  }};
}

}  // namespace gateway
