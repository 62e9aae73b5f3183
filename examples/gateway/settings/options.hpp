#pragma once
/// The options of the command line.

#include "sensors/file_tree.hpp"
#include "settings/token.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/access/role.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/option.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// The values of an option that may be repeated.
using name_list = musubi::list<musubi::text<128>, 8>;

struct options {
  musubi::text<128> bind = "127.0.0.1";  ///< an address, or "unix:" and the path of a socket
  std::uint16_t port = 4000;
  musubi::text<128> root = "/";    ///< the folder that contains /proc and /sys
  std::optional<file_path> state;  ///< the settings file; absent: the default path
  access_token token;              ///< empty: generated if one is needed
  name_list origins;               ///< origins of pages served by a proxy, as a browser sends them
  name_list hosts;                 ///< further host names to serve, behind a proxy
  name_list proxies;               ///< trusted proxies: addresses, networks or "unix"
  bool tls = false;               ///< speak TLS, with a certificate of its own if no other is given
  musubi::text<256> certificate;  ///< PEM file, with which the gateway speaks TLS
  musubi::text<256> key;          ///< PEM file of its private key
  musubi::text<256> users;        ///< the file of those who may sign in; empty: nobody has to
  bool read_only = false;         ///< everybody only looks
  musubi::text<32> set_user;      ///< instead of serving: make this user, or change it
  musubi::text<32> remove_user;   ///< instead of serving
  std::optional<musubi::access::role> role;  ///< of `set_user`
  bool keep_password = false;                ///< of `set_user`
  bool open = false;                         ///< require no token, on any address
  std::uint16_t cores = 1;                   ///< number of hosts, each with a thread
  musubi::text<128> broker;      ///< the MQTT broker that gets the readings; empty: none
  musubi::text<256> broker_ca;   ///< PEM file of the authority of its certificate
  musubi::text<32> broker_name;  ///< the gateway's name there; empty: that of the machine
  musubi::text<63> announce;  ///< the name by which others find it on the network; empty: its own
  bool no_announce = false;   ///< do not announce it
  bool qr = false;            ///< print the QR code even if stdout is no terminal
  musubi::log_level log = musubi::log_level::notice;

  /// Whether to change the users, and not to serve.
  [[nodiscard]] bool changes_users() const noexcept {
    return !set_user.empty() || !remove_user.empty();
  }
  [[nodiscard]] bool speaks_tls() const noexcept { return tls || !certificate.empty(); }
  /// Whether only this machine can reach `bind`.
  [[nodiscard]] bool is_local() const noexcept;
  /// The path of the Unix socket to listen on; empty if `bind` is an address.
  [[nodiscard]] std::string_view unix_path() const noexcept;
  /// Whether only this machine can reach the gateway, not even through a proxy.
  [[nodiscard]] bool is_private() const noexcept;
  /// Which options contradict each other, as a sentence; empty if none do.
  [[nodiscard]] std::string_view contradiction() const noexcept;
};

/// The table of the options, which parses them into `chosen`. `chosen` must outlive it.
[[nodiscard]] std::array<musubi::program::option, 26> option_table(options& chosen);

}  // namespace gateway
