#pragma once
/// The shares of connections and of peer addresses.

#include <musubi/store/page/internal/shares.hpp>

namespace musubi {

/// For `basic_host`: limits each connection, and each peer address if the host tracks its peers, to
/// a share of the common pools.
extern const share_keeper shares_of_clients;

}  // namespace musubi
