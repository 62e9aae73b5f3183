#pragma once
/// The socket of the gateway: its access control, its roots and its gets.

#include "gets/health.hpp"
#include "gets/readings.hpp"
#include "settings/token.hpp"
#include "stores/disk.hpp"
#include "stores/interface.hpp"
#include "stores/overview.hpp"

#include <musubi/host/host.hpp>

namespace gateway {

struct gateway_socket {
  using roots = musubi::roots<overview, one_interface, one_disk>;
  using gets = musubi::gets<health, readings>;

  /// Set before the host runs. Empty: no token is required.
  static inline access_token token;

  /// Expects the token as the `authToken` of phoenix.js: in a query, it would be in proxy logs.
  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) noexcept {
    if (opens(info.auth_token().value_or(""), token)) return {};
    return musubi::refuse("unauthorized");
  }
};

}  // namespace gateway
