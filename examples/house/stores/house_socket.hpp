#pragma once
// What a browser connects to.

#include "house_store.hpp"
#include "zone_store.hpp"

#include <musubi/host/host.hpp>

namespace house {

struct house_socket {
  using roots = musubi::roots<house_store, zone_store>;
};

}  // namespace house
