#pragma once
// A store that nothing serves: what the inspector needs of a program.
#include <string_view>

#include <musubi/host/host.hpp>
#include <musubi/musubi.hpp>

struct lamp {
  static constexpr std::string_view module = "Package.Lamp";
  struct State {
    bool on;
  };
  State render() const;
};
struct lamp_socket {
  using roots = musubi::roots<lamp>;
};
