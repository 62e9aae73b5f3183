#pragma once
/// Simulates the room and its radiator where there is no hardware.

#include "application/thermostat.hpp"

#include <musubi/async/sleep.hpp>

namespace home {

/// Ten steps a second, a reading every half.
inline musubi::task<> simulate() {
  using namespace std::chrono_literals;
  plant room;
  for (;;) {
    for (int i = 0; i < 5; ++i) {
      co_await musubi::sleep(100ms);
      room.step(heating.state().get().heating);
    }
    heating.measured(room.read());
  }
}

}  // namespace home
