#pragma once

#include "settings.hpp"

#include <musubi/store/command/commands.hpp>

template <class... Stores>
struct roots {};

struct lamp {
  static constexpr std::string_view module = "Device.Lamp";
  struct State {
    settings now;
#ifdef WITH_TARGET
    int target;
#endif
  };
  musubi::status handle(const settings&, musubi::context&);  // defined nowhere, and not missed
};

struct device_socket {
  using roots = ::roots<STORES>;
};
