#pragma once
/// The shares of connections and of peer addresses.

#include <musubi/page/shares.hpp>

namespace musubi {

/// For `basic_host`: each connection has so much of what all share, and so has each peer address,
/// if the host knows its peers.
extern const share_keeper shares_of_clients;

}  // namespace musubi
