#pragma once
/// Room for the coroutines of a firmware on a Cortex-M.

#include <musubi/async/runtime.hpp>

namespace board {

/// What a firmware spawns: the thermostat's control loop, and the serial port. Requests take none.
/// The serial port tells how many were used at most.
inline constexpr musubi::frame_classes frames{{{88, 1}, {128, 1}, {0, 0}, {0, 0}}};

}  // namespace board
