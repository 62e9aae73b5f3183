#pragma once
/// The sizes of all pools of the firmware.

#include "frames.hpp"

#include <lwipopts.h>

#include <musubi/host/board_limits.hpp>

namespace board {

/// Those for boards; what differs is determined from the metrics on the serial port.
inline constexpr musubi::limits sizes = [] {
  musubi::limits made = musubi::board_limits(BOARD_CONNECTIONS, BOARD_REQUESTS);
  made.frames = frames;
  if (BOARD_CONNECTIONS == 1) made.backlog_blocks = 7;
  return made;
}();

}  // namespace board
