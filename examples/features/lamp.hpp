#pragma once
// A setting that survives restarts and firmware updates: it is saved before the command is
// answered.
#include "kept.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

struct lamp_settings {
  std::int32_t brightness = 60;
  bool night_light = false;  // appended by the second firmware
};
inline kept<lamp_settings> lamp_memory;
inline musubi::watch<lamp_settings> lamp_now{{}};  // what every browser sees

struct lamp {
  static constexpr std::string_view module = "Example.Lamp";

  struct State {
    std::int32_t brightness;
    bool night_light;
  };
  struct Dim {
    std::int32_t percent;
  };
  struct NightLight {
    bool on;
  };
  using commands = musubi::commands<Dim, NightLight>;

  musubi::status mount(musubi::context& ctx) { return ctx.follow(lamp_now); }
  musubi::status handle(const Dim& command, musubi::context&) {
    if (command.percent < 0 || command.percent > 100) {
      return musubi::refuse("the brightness is from 0 to 100", "percent");
    }
    lamp_settings wanted = lamp_memory.get();
    wanted.brightness = command.percent;
    return save(wanted);
  }
  musubi::status handle(const NightLight& command, musubi::context&) {
    lamp_settings wanted = lamp_memory.get();
    wanted.night_light = command.on;
    return save(wanted);
  }
  State render() const { return {lamp_now.get().brightness, lamp_now.get().night_light}; }

 private:
  // First the memory, then the browsers: nobody sees a setting that a restart would undo.
  static musubi::status save(const lamp_settings& wanted) {
    if (!lamp_memory.set(wanted)) return musubi::refuse("the setting could not be saved");
    lamp_now.set(wanted);
    return {};
  }
};
