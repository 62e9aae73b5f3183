#pragma once

#include <cstdint>
#include <string_view>

#include <musubi/host/host.hpp>

/// The lamp of this device: its state, shared by every browser.
struct lamp_state {
  bool on = false;
  std::int32_t brightness = 50;  // in percent
};
inline musubi::watch<lamp_state> the_lamp{lamp_state{}};

/// What a browser sees of the lamp, and what it may ask of it.
struct lamp {
  static constexpr std::string_view module = "Device.Lamp";

  struct State {
    bool on;
    std::int32_t brightness;
  };
  struct Switch {
    bool on;
  };
  struct Dim {
    std::int32_t brightness;
  };
  using commands = musubi::commands<Switch, Dim>;

  musubi::status mount(musubi::context& ctx) { return ctx.follow(the_lamp); }

  musubi::status handle(const Switch& command, musubi::context&) {
    auto next = the_lamp.get();
    next.on = command.on;
    the_lamp.set(next);
    return {};
  }
  musubi::status handle(const Dim& command, musubi::context&) {
    if (command.brightness < 1 || command.brightness > 100) {
      return musubi::refuse("the brightness is from 1 to 100", "brightness");
    }
    auto next = the_lamp.get();
    next.brightness = command.brightness;
    the_lamp.set(next);
    return {};
  }

  State render() const {
    const auto now = the_lamp.get();
    return {now.on, now.brightness};
  }
};

/// What a browser connects to, and the stores that it may mount there.
struct lamp_socket {
  using roots = musubi::roots<lamp>;
};
