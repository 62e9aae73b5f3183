#pragma once
/// Room for the coroutines of a firmware on a Cortex-M.

#include <musubi/async/runtime.hpp>

namespace board {

/// By size: what is spawned and what is sent; answers and the serial port; heads and upgrades; HTTP
/// requests, of which there are BOARD_REQUESTS. The serial port tells how many were used at most.
inline constexpr musubi::frame_classes frames{{{88, 5}, {128, 3}, {176, 2}, {456, 2}}};

}  // namespace board
