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

  /// The token comes as `?token=`, or as phoenix.js's `authToken`, which no proxy writes to its
  /// log.
  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) noexcept {
    const auto given = info.auth_token() ? info.auth_token() : info.param("token");
    if (opens(given.value_or(""), token)) return {};
    return musubi::refuse("unauthorized");
  }
};

}  // namespace gateway
