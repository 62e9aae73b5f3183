#pragma once
/// The memory for the coroutines of the firmware.

#include <musubi/async/runtime.hpp>

namespace board {

/// Sizes for a Cortex-M: the control loop and the serial port are coroutines, each with a node in
/// the host's task group. Requests need none. The metrics on the serial port show the peak use.
#if defined(BOARD_MQTT)  // three more for the link to the broker
inline constexpr musubi::frame_classes frames{{{88, 5}, {128, 2}, {168, 2}, {208, 2}}};
#else
inline constexpr musubi::frame_classes frames{{{88, 2}, {128, 2}, {0, 0}, {0, 0}}};
#endif

}  // namespace board
