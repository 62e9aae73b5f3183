#pragma once
// One thermostat. A root of its own: while one of them is slow to answer a command, the others go
// on.

#include "../zones/zone.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/musubi.hpp>

namespace house {

struct zone_store {
  static constexpr std::string_view module = "House.Stores.Zone";

  struct Params {
    zone_name zone;
  };
  struct State {
    zone_name name;
    musubi::text<80> address;
    contact link;
    std::optional<musubi::text<127>> why;  ///< why it is not live
    std::optional<std::int32_t> age;  ///< of `climate`, in seconds, if it is not the present one
    std::optional<house::climate> climate;
  };
  struct SetTarget {
    std::int32_t celsius;
  };
  struct SetMode {
    home::heating_mode mode;
  };
  struct CloseWindow {};
  using commands = musubi::commands<SetTarget, SetMode, CloseWindow>;

  musubi::status mount(const Params& params, musubi::context& ctx) {
    shown = all_zones.find(params.zone);
    if (shown == nullptr) return musubi::refuse("there is no such thermostat", "zone");
    return ctx.follow(shown->state);
  }
  // The reply of the thermostat is that of the command.
  musubi::task<musubi::status> handle(const SetTarget& command, musubi::context&) {
    return shown->controls->set_target(command.celsius);
  }
  musubi::task<musubi::status> handle(const SetMode& command, musubi::context&) {
    return shown->controls->set_mode(command.mode);
  }
  musubi::task<musubi::status> handle(const CloseWindow&, musubi::context&) {
    return shown->controls->close_window();
  }
  [[nodiscard]] State render() const {
    const zone_state now = shown->state.get();
    State state{.name = shown->name,
                .address = shown->address,
                .link = now.link,
                .why = {},
                .age = now.age,
                .climate = now.last};
    if (now.link != contact::live && !now.why.empty()) state.why = now.why;
    return state;
  }

 private:
  zone* shown = nullptr;
};

}  // namespace house
