#pragma once
/// The root store: the heating as browsers see it, and its commands.

#include "heating.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>

namespace home {

/// The device's heating; defined by the program.
extern controller heating;

struct thermostat {
  static constexpr std::string_view module = "Home.Stores.Thermostat";

  struct Params {
    std::optional<musubi::text<16>> room;
  };
  struct State {
    musubi::text<16> room;
    musubi::fixed<1> temperature;
    musubi::fixed<1> outside;
    std::int32_t target;
    heating_mode mode;
    bool heating;
    std::optional<musubi::text<64>> fault;

    static constexpr auto about =
        musubi::about(musubi::field(&State::temperature)
                          .unit("°C")
                          .device_class("temperature")
                          .state_class("measurement"),
                      musubi::field(&State::outside)
                          .unit("°C")
                          .device_class("temperature")
                          .state_class("measurement"),
                      musubi::field(&State::target).unit("°C"),
                      musubi::field(&State::heating).device_class("running"));
  };
  struct SetTarget {
    std::int32_t celsius;

    static constexpr auto about =
        musubi::about(musubi::field(&SetTarget::celsius).unit("°C").range(5, 30));
  };
  struct SetMode {
    heating_mode mode;
  };
  struct CloseWindow {};
  using commands = musubi::commands<SetTarget, SetMode, CloseWindow>;

  musubi::status mount(const Params& params, musubi::context& context) {
    if (params.room) room = *params.room;
    return context.follow(heating.state());
  }
  musubi::status handle(const SetTarget& command, musubi::context&) {
    heating.target(command.celsius);
    return {};
  }
  musubi::status handle(const SetMode& command, musubi::context&) {
    heating.mode(command.mode);
    return {};
  }
  musubi::status handle(const CloseWindow&, musubi::context&) {
    heating.window_closed();
    return {};
  }

  [[nodiscard]] State render() const {
    const situation shown = heating.state().get();
    State state{.room = room,
                .temperature = tenths(shown.measured.inside),
                .outside = tenths(shown.measured.outside),
                .target = shown.target,
                .mode = shown.mode,
                .heating = shown.heating,
                .fault = {}};
    if (shown.window_open) state.fault = musubi::text<64>("a window is open: not heating");
    return state;
  }

 private:
  static musubi::fixed<1> tenths(std::int32_t hundredths) noexcept {
    return musubi::fixed<1>::from_scaled(hundredths / 10);
  }
  musubi::text<16> room = "living room";
};

struct home_socket {
  using roots = musubi::roots<thermostat>;
};

}  // namespace home
