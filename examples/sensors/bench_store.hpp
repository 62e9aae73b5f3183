#pragma once
/// The root store: a button, a lamp, a thermometer and a light sensor on somebody's desk.

#include "gpio.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>

namespace sensors {

/// The latest readings; none of what is not connected, or does not answer.
struct readings {
  std::optional<bool> pressed;
  std::uint32_t presses = 0;
  std::optional<std::int32_t> tenths;  ///< of a degree Celsius
  std::optional<float> light;          ///< lx
  bool lit = false;
};
inline musubi::watch<readings> latest;

/// The lamp's line, if there is one. Set before the host starts.
inline gpio_line* lamp = nullptr;

struct bench_store {
  static constexpr std::string_view module = "Bench.Sensors";

  struct State {
    std::optional<bool> pressed;
    std::uint32_t presses;
    std::optional<musubi::fixed<1>> celsius;
    std::optional<std::int32_t> lux;
    std::optional<bool> lit;
  };
  struct Light {
    bool on;
  };
  using commands = musubi::commands<Light>;

  musubi::status mount(musubi::context& ctx) { return ctx.follow(latest); }

  musubi::status handle(const Light& command, musubi::context&) {
    if (lamp == nullptr) return musubi::refuse("no lamp is connected");
    if (const musubi::status set = lamp->set(command.on); !set.ok()) return set;
    latest.update([&](readings& now) { now.lit = command.on; });
    return {};
  }

  [[nodiscard]] State render() const {
    const readings now = latest.get();
    State state{};
    state.pressed = now.pressed;
    state.presses = now.presses;
    if (now.tenths) state.celsius = musubi::fixed<1>::from_scaled(*now.tenths);
    // the driver may give anything; a cast of what does not fit is undefined
    if (now.light && std::abs(*now.light) < 1e9F) {
      state.lux = static_cast<std::int32_t>(*now.light);
    }
    if (lamp != nullptr) state.lit = now.lit;
    return state;
  }
};

struct bench_socket {
  using roots = musubi::roots<bench_store>;
};

}  // namespace sensors
