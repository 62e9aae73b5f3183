#pragma once
// The house: which thermostats there are, and how many of them can be reached.

#include "../zones/zone.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

namespace house {

struct house_store {
  static constexpr std::string_view module = "House.Stores.House";

  struct State {
    musubi::list<zone_name, zone_list::most> zones;
    std::int32_t live;
    std::int32_t heating;  ///< of those that are live
  };

  musubi::status mount(musubi::context& ctx) {
    for (zone& each : all_zones) {
      if (const musubi::status done = ctx.follow(each.state); !done.ok()) return done;
    }
    return {};
  }
  [[nodiscard]] State render() const {
    State shown{};
    for (zone& each : all_zones) {
      (void)shown.zones.push_back(each.name);
      const zone_state now = each.state.get();
      if (now.link != contact::live) continue;
      ++shown.live;
      if (now.last->heating) ++shown.heating;
    }
    return shown;
  }
};

}  // namespace house
