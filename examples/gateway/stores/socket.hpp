#pragma once
/// Who may come in, and what there is to see.

#include "settings/token.hpp"
#include "stores/disk.hpp"
#include "stores/interface.hpp"
#include "stores/overview.hpp"

#include <musubi/host/host.hpp>

namespace gateway {

struct gateway_socket {
  using roots = musubi::roots<overview, one_interface, one_disk>;

  /// Set before the host runs; empty: everybody is let in.
  static inline access_token token;

  /// The token comes as phoenix.js's `authToken`: a query would show it in the logs of proxies.
  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) noexcept {
    if (opens(info.auth_token().value_or(""), token)) return {};
    return musubi::refuse("unauthorized");
  }
};

}  // namespace gateway
