#pragma once
/// The sizes of all pools of the firmware.

#include "frames.hpp"

#include <lwipopts.h>

#include <musubi/host/limits.hpp>

namespace board {

/// Determined from the metrics on the serial port.
inline constexpr musubi::limits sizes{.connections = BOARD_CONNECTIONS,
                                      .requests = BOARD_REQUESTS,
                                      .pages = BOARD_CONNECTIONS,
                                      .channels = 2,
                                      .subscriptions = BOARD_CONNECTIONS,
                                      .read_bytes = 2048,
                                      .read_buffers = BOARD_REQUESTS,
                                      .message_bytes = 1024,
                                      .large_messages = 0,
                                      .decode_bytes = 512,
                                      .topic_bytes = 96,
                                      .transmit_bytes = 1024,
                                      .backlog_block_bytes = 128,
                                      .backlog_blocks = BOARD_CONNECTIONS == 1 ? 7 : 16,
                                      .backlog_bytes = 1024,
                                      .mailbox = 2,
                                      .mail = {{{64, 2}, {0, 0}, {0, 0}}},
                                      .frames = frames,
                                      .posts = {}};

}  // namespace board
