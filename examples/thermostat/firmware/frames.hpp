#pragma once
/// Room for the coroutines of a firmware on a Cortex-M.

#include <musubi/async/runtime.hpp>

namespace board {

/// What a firmware spawns, each with a place in its task group: the control loop and the serial
/// port. Requests take none. The serial port tells how many were used at most.
inline constexpr musubi::frame_classes frames{{{88, 2}, {128, 2}, {0, 0}, {0, 0}}};

}  // namespace board
