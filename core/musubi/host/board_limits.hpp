#pragma once
/// Limits for a microcontroller.

#include <cstdint>

#include <musubi/host/limits.hpp>

namespace musubi {

/// Limits for so many browsers with a root each: some 14 KB of RAM for four, where those of a
/// gateway would take megabytes. A starting point: change what the metrics of your firmware show.
///
///     constexpr musubi::limits sizes = [] {
///       musubi::limits made = musubi::board_limits(4);
///       made.message_bytes = 512;
///       return made;
///     }();
///
/// Requests and messages of at most 1 KB come in, as a page and its commands send. There are two
/// coroutines of 128 bytes, and no waiting messages of topics (`posts`).
constexpr limits board_limits(std::uint32_t connections, std::uint32_t requests = 2) {
  return {.connections = connections,
          .requests = requests,
          .pages = connections,
          .channels = 2,
          .subscriptions = connections,
          .nodes = 4 * connections,
          .asyncs = connections,
          .uploads = connections,
          .uploads_per_page = 2,
          .upload_name_bytes = 96,
          .read_bytes = 2048,
          .read_buffers = requests,
          .message_bytes = 1024,
          .large_messages = 0,
          .decode_bytes = 512,
          .topic_bytes = 96,
          .transmit_bytes = 1024,
          .backlog_block_bytes = 128,
          .backlog_blocks = 16,
          .backlog_bytes = 1024,
          .outgoing_block_bytes = 128,
          .outgoing_blocks = 16,
          .outgoing_per_page = 8,
          .mailbox = 2,
          .mail = {{{64, 2}, {0, 0}, {0, 0}}},
          .frames = {{{88, 2}, {128, 2}, {0, 0}, {0, 0}}},
          .posts = {}};
}

}  // namespace musubi
