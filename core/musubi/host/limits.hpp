#pragma once
/// Every limit of a host, its default, and why.

#include <chrono>
#include <cstdint>

#include <musubi/async/clock.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/page/resources.hpp>

namespace musubi {

/// The size of everything. A gateway passes one when it constructs its host; a microcontroller
/// makes it a compile-time constant. The defaults are a gateway's: its pools are address space
/// until they are used. Reaching a limit is told to whoever ran into it, and counted under the
/// limit's name.
struct limits {
  // --- who may come ---

  /// WebSockets at once. One more upgrade is answered 503 with Retry-After.
  std::uint32_t connections = 1024;
  /// HTTP requests under way at once, upgrades included. Further connections wait in the network's
  /// own queue; a connection between two requests gives way to them, and one that has been silent
  /// for more than a second.
  std::uint32_t requests = 64;
  /// Mounted roots at once. One more join is refused: {"reason":"exhausted","pool":"pages"}.
  std::uint32_t pages = 4096;
  /// Channels of one WebSocket (contract section 1.1).
  std::uint32_t channels = 100;
  /// Subscriptions of all pages to topics. `context::subscribe` fails beyond.
  std::uint32_t subscriptions = 8192;
  /// Subscriptions of one page; `subscriptions` has to be enough for all pages then. 0: an equal
  /// part of `subscriptions`, and 16 in any case.
  std::uint32_t subscriptions_per_page = 0;

  /// Mounted child stores of all pages. A page that needs one more ends; one that is being mounted
  /// is refused: {"reason":"exhausted","pool":"nodes"}. No memory if no root has children.
  std::uint32_t nodes = 16384;
  /// Of the ids and keys in one child's store_id, as JSON text.
  std::uint32_t store_id_bytes = 64;

  /// Tasks that stores have under way. `context::assign_async` and its like fail beyond. No memory
  /// if no store has any.
  std::uint32_t asyncs = 1024;

  /// Files that browsers are sending, or have sent and no store has consumed, of all pages. One
  /// more is not accepted: "pool exhausted: uploads". No memory if no store takes files.
  std::uint32_t uploads = 1024;
  /// Such files of one page, so that no page takes them all.
  std::uint16_t uploads_per_page = 64;
  /// Of one file's name and MIME type.
  std::uint32_t upload_name_bytes = 320;

  // --- how much of it one client may have ---

  /// What nobody exceeds, so that others find some left. The port for boards has no such shares.
  /// 0: a part of what all share, and 16 of it in any case. Of `pages`, the sixteenth part.
  std::uint32_t pages_per_connection = 0;
  /// The eighth part of `uploads`.
  std::uint32_t uploads_per_connection = 0;
  /// By peer address: see `host_options::share_by_peer`. Half of `connections`; one more upgrade is
  /// answered 503.
  std::uint32_t connections_per_peer = 0;
  /// The fourth part of `requests`. Of slow requests, those of who has more make room first.
  std::uint32_t requests_per_peer = 0;
  /// Half of `pages`, `subscriptions`, `uploads`, `outgoing_blocks`.
  std::uint32_t pages_per_peer = 0;
  std::uint32_t subscriptions_per_peer = 0;
  std::uint32_t uploads_per_peer = 0;
  std::uint32_t outgoing_per_peer = 0;

  // --- what may come in ---

  /// Bytes read at once, and the largest request head. A browser's is 500 to 900, more with
  /// cookies.
  std::uint32_t read_bytes = 8192;
  /// Read buffers. Only a connection with half a message keeps one; 0 means one for everybody.
  std::uint32_t read_buffers = 0;
  /// Largest message. A longer one is refused at its address and skipped.
  std::uint32_t message_bytes = 65536;
  /// Messages longer than `read_bytes` under way at once. A further one waits for the slowest of
  /// them to end or to make room; after `message_timeout` it is closed with 1013.
  std::uint32_t large_messages = 16;
  /// WebSocket frames of one connection that are handled in one turn of the loop. The rest waits
  /// for the next, so that a flood of small frames delays nobody by more than this many.
  std::uint32_t turn_frames = 64;
  /// Bytes of one connection that are read in one turn.
  std::uint32_t turn_bytes = 16384;
  /// What is decoded of an upgrade request, of a preflight, and of mount params that have no type:
  /// about 64 bytes a JSON value (40 on 32 bits), and its strings. Typed payloads need none.
  std::uint32_t decode_bytes = 65536;
  /// Names of one channel: join_ref, topic, and the id where the topic does not end with it.
  std::uint32_t topic_bytes = 160;

  // --- what goes out ---

  /// Bytes that are collected for one write. Larger messages are sent in fragments of this size.
  /// 1024 to 65535.
  std::uint32_t transmit_bytes = 16384;
  /// One block of what a slow client has not taken yet.
  std::uint32_t backlog_block_bytes = 2048;
  /// Such blocks beyond the one that every connection has for sure.
  std::uint32_t backlog_blocks = 4096;
  /// Most bytes that wait for one client. Beyond, it is cut off: it would only get further behind.
  std::uint32_t backlog_bytes = 1U << 20U;

  /// One block of what stores say beside their state: stream operations, events, upload operations.
  std::uint32_t outgoing_block_bytes = 192;
  /// Such blocks of all pages. No memory if no store has streams, events or uploads.
  std::uint32_t outgoing_blocks = 8192;
  /// Such blocks of one page: a client further behind is mounted afresh.
  std::uint16_t outgoing_per_page = 1024;

  // --- what waits ---

  /// Messages that wait for one page while its handler is suspended.
  std::uint16_t mailbox = 32;
  /// Such messages of all pages, by size.
  mail_classes mail{{{256, 1024}, {1024, 256}, {8192, 32}}};
  /// Frames of coroutines: suspended handlers, background tasks, requests under way.
  frame_classes frames{{{256, 512}, {512, 512}, {1024, 256}, {4096, 64}}};

  // --- how long ---

  /// Without a byte from the client (contract section 1.1; phoenix.js sends a heartbeat every 30
  /// s).
  duration idle_timeout = std::chrono::seconds(60);
  /// Without a byte taken by the client, while there is something for it.
  duration write_timeout = std::chrono::seconds(30);
  /// Bytes a second that a client moves, on average, of what is under way, once the time-out above
  /// or below is over: what comes or goes more slowly is cut off.
  std::uint32_t least_rate = 1024;
  /// For a whole request head, from the first moment.
  duration head_timeout = std::chrono::seconds(10);
  /// For a whole WebSocket message, from its first byte; `least_rate` buys more. phoenix.js gives
  /// up a push after 10 s.
  duration message_timeout = std::chrono::seconds(10);
  /// Between two requests on one HTTP connection.
  duration keep_alive_timeout = std::chrono::seconds(5);
  /// For the peer to close after our close frame.
  duration close_timeout = std::chrono::seconds(2);
  /// For one handler of a command (contract section 4.7).
  duration handler_timeout = std::chrono::seconds(5);
  /// What a refused upgrade is told to wait.
  std::chrono::seconds retry_after{5};

  /// What a share is when its limit is 0: `pool` divided by `part`, and 16 in any case.
  [[nodiscard]] static constexpr std::uint32_t share(std::uint32_t asked, std::uint32_t pool,
                                                     std::uint32_t part) noexcept {
    if (asked != 0) return asked;
    return pool / part > 16 ? pool / part : 16;
  }
  [[nodiscard]] constexpr std::uint32_t subscriptions_of_page() const noexcept {
    return share(subscriptions_per_page, subscriptions, pages);
  }
  [[nodiscard]] constexpr std::uint32_t pages_of_connection() const noexcept {
    return share(pages_per_connection, pages, 16);
  }
  [[nodiscard]] constexpr std::uint32_t uploads_of_connection() const noexcept {
    return share(uploads_per_connection, uploads, 8);
  }
  [[nodiscard]] constexpr std::uint32_t connections_of_peer() const noexcept {
    return share(connections_per_peer, connections, 2);
  }
  [[nodiscard]] constexpr std::uint32_t requests_of_peer() const noexcept {
    return share(requests_per_peer, requests, 4);
  }
  [[nodiscard]] constexpr std::uint32_t pages_of_peer() const noexcept {
    return share(pages_per_peer, pages, 2);
  }
  [[nodiscard]] constexpr std::uint32_t subscriptions_of_peer() const noexcept {
    return share(subscriptions_per_peer, subscriptions, 2);
  }
  [[nodiscard]] constexpr std::uint32_t uploads_of_peer() const noexcept {
    return share(uploads_per_peer, uploads, 2);
  }
  [[nodiscard]] constexpr std::uint32_t outgoing_of_peer() const noexcept {
    return share(outgoing_per_peer, outgoing_blocks, 2);
  }
  /// Of the buffer for a message longer than `read_bytes`: with a control frame in between.
  [[nodiscard]] constexpr std::uint32_t large_bytes() const noexcept { return message_bytes + 256; }
  /// What a client moves while others wait for the place that it has, or it makes room.
  [[nodiscard]] constexpr std::uint32_t brisk_rate() const noexcept { return 16 * least_rate; }
  [[nodiscard]] constexpr std::uint32_t read_buffer_count() const noexcept {
    return read_buffers != 0 ? read_buffers : connections + requests;
  }

  /// The first relation between limits that does not hold, as a sentence; empty when all do.
  [[nodiscard]] constexpr std::string_view violation() const noexcept {
    if (connections == 0) return "limits: connections must be at least 1";
    if (requests == 0) return "limits: requests must be at least 1, or nobody can connect";
    if (pages == 0) return "limits: pages must be at least 1";
    if (std::uint64_t{pages} * subscriptions_per_page > subscriptions) {
      return "limits: subscriptions must be at least pages * subscriptions_per_page, or a page "
             "that "
             "is let in may find none";
    }
    if (read_bytes < 2048) {
      return "limits: read_bytes must be at least 2048, for a request head and the head of its "
             "answer";
    }
    if (message_bytes < 125) return "limits: message_bytes must be at least 125, a control frame";
    if (message_bytes + 256 > read_bytes && large_messages == 0) {
      return "limits: message_bytes + 256 must not exceed read_bytes when large_messages is 0";
    }
    if (turn_frames == 0 || turn_bytes == 0) {
      return "limits: turn_frames and turn_bytes must be at least 1, or nothing is read";
    }
    if (transmit_bytes < 1024 || transmit_bytes > 65535) {
      return "limits: transmit_bytes must be from 1024 to 65535";
    }
    if (backlog_block_bytes < 64) return "limits: backlog_block_bytes must be at least 64";
    if (backlog_bytes < transmit_bytes) {
      return "limits: backlog_bytes must be at least transmit_bytes, or a reply may not fit";
    }
    if (least_rate == 0 || least_rate > 100'000) {
      return "limits: least_rate must be from 1 to 100000 bytes a second";
    }
    if (topic_bytes < 32) return "limits: topic_bytes must be at least 32";
    if (decode_bytes < 256) return "limits: decode_bytes must be at least 256";
    if (outgoing_block_bytes < 128) return "limits: outgoing_block_bytes must be at least 128";
    if (upload_name_bytes > 65535) return "limits: upload_name_bytes must be at most 65535";
    if (mailbox == 0) return "limits: mailbox must be at least 1";
    return {};
  }
};

}  // namespace musubi
