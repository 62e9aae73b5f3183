#pragma once
/// The socket of the gateway: its access control, its roots and its gets.

#include "gets/address_code.hpp"
#include "gets/health.hpp"
#include "gets/readings.hpp"
#include "settings/token.hpp"
#include "stores/disk.hpp"
#include "stores/door.hpp"
#include "stores/interface.hpp"
#include "stores/overview.hpp"

#include <musubi/access/visitor.hpp>
#include <musubi/host/host.hpp>

namespace gateway {

struct gateway_socket : musubi::access::visitor_of<door> {
  using roots = musubi::roots<overview, one_interface, one_disk>;
  using gets = login_gets<health, readings, address_code>;
  using commands_need = musubi::access::role;  // one that does not say it does not compile

  /// Set before the host runs. Empty: no token is required.
  static inline access_token token;

  /// Expects a session, or the token as the `authToken` of phoenix.js: in a query, it would be in
  /// proxy logs.
  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) noexcept {
    if (const auto given = info.auth_token(); given && !token.empty()) {
      if (opens(*given, token)) return admit(door, musubi::access::role::admin);
      return musubi::refuse("unauthorized");
    }
    if (!token.empty() && !door.has_users()) return musubi::refuse("unauthorized");
    return enter(door, info);
  }
};

}  // namespace gateway
