#pragma once
/// Limits that a test reaches.

#include <musubi/host/limits.hpp>

namespace musubi::test {

/// Small enough to be reached, large enough for a few browsers.
constexpr limits small_limits() {
  limits chosen;
  chosen.connections = 8;
  chosen.requests = 4;
  chosen.pages = 16;
  chosen.subscriptions = 32;
  chosen.read_bytes = 2048;
  chosen.message_bytes = 4096;
  chosen.large_messages = 2;
  chosen.decode_bytes = 8192;
  chosen.transmit_bytes = 1024;
  chosen.backlog_block_bytes = 256;
  chosen.backlog_blocks = 32;
  chosen.backlog_bytes = 4096;
  chosen.mailbox = 4;
  chosen.mail = {{{256, 8}, {1024, 4}, {4096, 2}}};
  // frames of unoptimised and sanitized builds are several times those of optimised ones
  chosen.frames = {{{512, 32}, {1024, 32}, {4096, 16}, {16384, 4}}};
  return chosen;
}

}  // namespace musubi::test
