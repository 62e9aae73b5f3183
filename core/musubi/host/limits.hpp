#pragma once
/// Every limit of a host, its default, and why.

#include <cstdint>

#include <musubi/async/clock.hpp>
#include <musubi/async/internal/coarse_time.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/store/page/internal/resources.hpp>

namespace musubi {

/// The size of every pool, buffer and queue of a host, and its time-outs. A gateway passes a
/// `limits` to its host's constructor; a microcontroller makes it a compile-time constant. The
/// defaults are for a gateway, where unused pool memory is only address space. A request that
/// exceeds a limit is refused with an error that names the limit, and counted under that name.
struct limits {
  // --- clients and their pages ---

  /// Open WebSockets. A further upgrade is refused with 503 and Retry-After.
  std::uint32_t connections = 1024;
  /// Concurrent HTTP requests, including upgrades. Further clients wait in the network's backlog.
  /// An idle keep-alive client, or one that has sent nothing for more than a second, is closed to
  /// make room for them.
  std::uint32_t requests = 64;
  /// Of those, the responses of `gets` that take several writes, so that some `requests` are left
  /// for pages, upgrades and short answers. A further one is refused with 503 and Retry-After,
  /// unless one that its client reads slowly can make room. 0: half of `requests`, at least 1.
  std::uint32_t downloads = 0;
  /// Mounted roots. A further join is refused: {"reason":"exhausted","pool":"pages"}.
  std::uint32_t pages = 4096;
  /// Channels of one WebSocket (contract section 1.1).
  std::uint32_t channels = 100;
  /// Subscriptions of all pages to topics and watches. A further `context::subscribe` or `follow`
  /// fails.
  std::uint32_t subscriptions = 8192;
  /// Subscriptions of one page; `subscriptions` must then be enough for all pages. 0: an equal part
  /// of `subscriptions`, but at least 16.
  std::uint32_t subscriptions_per_page = 0;

  /// Mounted child stores of all pages. A page that needs a further one ends; a page that is being
  /// mounted is refused: {"reason":"exhausted","pool":"nodes"}. Takes no memory if no root has
  /// children.
  std::uint32_t nodes = 16384;
  /// Bytes of the ids and keys in one child's store_id, as JSON text.
  std::uint32_t store_id_bytes = 64;

  /// Running tasks of all stores. A further `context::assign_async`, `stream_async` or
  /// `start_async` fails. Takes no memory if no store starts tasks.
  std::uint32_t asyncs = 1024;

  /// Files of all pages that are being uploaded, or are uploaded but not yet consumed. A further
  /// file is refused: "pool exhausted: uploads". Takes no memory if no store accepts files.
  std::uint32_t uploads = 1024;
  /// Such files of one page, so that one page cannot take all.
  std::uint16_t uploads_per_page = 64;
  /// Bytes of one file's name and MIME type.
  std::uint32_t upload_name_bytes = 320;

  // --- how much of it one client may have ---

  /// The most that one client may use, so that some is left for others. The port for boards has no
  /// such shares. 0: a fraction of the pool, but at least 16. Here: a sixteenth of `pages`.
  std::uint32_t pages_per_connection = 0;
  /// 0: an eighth of `uploads`.
  std::uint32_t uploads_per_connection = 0;
  /// Counted by peer address: see `host_options::share_by_peer`. 0: half of `connections`. A
  /// further upgrade is refused with 503.
  std::uint32_t connections_per_peer = 0;
  /// 0: a quarter of `requests`. When room is needed, slow requests of the peers with most requests
  /// are ended first.
  std::uint32_t requests_per_peer = 0;
  /// 0: half of `pages`, `subscriptions`, `uploads` and `outgoing_blocks`.
  std::uint32_t pages_per_peer = 0;
  std::uint32_t subscriptions_per_peer = 0;
  std::uint32_t uploads_per_peer = 0;
  std::uint32_t outgoing_per_peer = 0;

  // --- what may come in ---

  /// Most bytes per read, and the largest request head. A browser's is 500 to 900 bytes, more with
  /// cookies.
  std::uint32_t read_bytes = 8192;
  /// Read buffers. Only a connection with an incomplete message keeps one. 0: enough for all
  /// connections.
  std::uint32_t read_buffers = 0;
  /// Bytes of the largest message. The rest of a longer one is skipped, and its sender gets an
  /// error reply.
  std::uint32_t message_bytes = 65536;
  /// Incomplete messages longer than `read_bytes`. A further one waits until another completes, or
  /// is too slow and makes room; after `message_timeout` its connection is closed with 1013.
  std::uint32_t large_messages = 16;
  /// WebSocket frames of one connection handled in one turn of the loop. The rest waits for the
  /// next turn, so that a flood of small frames delays others by no more than this.
  std::uint32_t turn_frames = 64;
  /// Bytes read from one connection in one turn.
  std::uint32_t turn_bytes = 16384;
  /// Memory for decoding an upgrade request, an upload preflight, or mount params without a type:
  /// about 64 bytes per JSON value (40 on 32-bit targets), plus its strings. Typed payloads need
  /// none.
  std::uint32_t decode_bytes = 65536;
  /// Bytes of the names of one channel: join_ref, topic, and the id if the topic does not end with
  /// it.
  std::uint32_t topic_bytes = 160;

  // --- what goes out ---

  /// Bytes collected for one write. Larger messages are sent in fragments of this size. 1024 to
  /// 65535.
  std::uint32_t transmit_bytes = 16384;
  /// Bytes of one block of data that a slow client has not read yet.
  std::uint32_t backlog_block_bytes = 2048;
  /// Number of such blocks, besides the one that each connection owns.
  std::uint32_t backlog_blocks = 4096;
  /// Most bytes that wait for one client. A client further behind is disconnected, as it would only
  /// fall further behind.
  std::uint32_t backlog_bytes = 1U << 20U;

  /// Bytes of one block of outgoing data besides state: stream operations, events, upload
  /// operations.
  std::uint32_t outgoing_block_bytes = 192;
  /// Such blocks of all pages. Takes no memory if no store has streams, events or uploads.
  std::uint32_t outgoing_blocks = 8192;
  /// Such blocks of one page. The page of a client further behind ends, and the client mounts it
  /// again.
  std::uint16_t outgoing_per_page = 1024;

  // --- what waits ---

  /// Messages waiting for one page while its handler is suspended.
  std::uint16_t mailbox = 32;
  /// Waiting messages of all pages, by size.
  mail_classes mail{{{256, 1024}, {1024, 256}, {8192, 32}}};
  /// Coroutine frames: suspended handlers, background tasks.
  frame_classes frames{{{256, 512}, {512, 512}, {1024, 256}, {4096, 64}}};
  /// Messages of topics from other threads, cores and interrupts, until this host delivers them:
  /// the bytes of the largest, with a pointer, and how many. `topic::publish` and `post` return
  /// false when there is no room. A host with one core needs none unless the
  /// program calls `post`.
  size_class posts{1024, 64};

  // --- how long ---

  /// Most time without a byte from the client (contract section 1.1; phoenix.js sends a heartbeat
  /// every 30 s).
  duration idle_timeout = std::chrono::seconds(60);
  /// Most time in which the client reads nothing although data is waiting for it.
  duration write_timeout = std::chrono::seconds(30);
  /// Minimum average rate, in bytes per second, of a transfer that takes longer than its time-out
  /// (`write_timeout`, `message_timeout`). A slower client is disconnected.
  std::uint32_t least_rate = 1024;
  /// For a whole request head, from the moment the client is accepted.
  duration head_timeout = std::chrono::seconds(10);
  /// For a whole WebSocket message, from its first byte; longer if it arrives at `least_rate`.
  /// phoenix.js gives up a push after 10 s.
  duration message_timeout = std::chrono::seconds(10);
  /// Idle time between two requests on one keep-alive stream.
  duration keep_alive_timeout = std::chrono::seconds(5);
  /// For the peer to close after the host's close frame.
  duration close_timeout = std::chrono::seconds(2);
  /// For one command handler (contract section 4.7).
  duration handler_timeout = std::chrono::seconds(5);
  /// The Retry-After of a refused upgrade.
  std::chrono::seconds retry_after{5};

  /// The share if its limit `asked` is 0: `pool` divided by `part`, but at least 16.
  [[nodiscard]] static constexpr std::uint32_t share(std::uint32_t asked, std::uint32_t pool,
                                                     std::uint32_t part) noexcept {
    if (asked != 0) return asked;
    return pool / part > 16 ? pool / part : 16;
  }
  [[nodiscard]] constexpr std::uint32_t subscriptions_of_page() const noexcept {
    return share(subscriptions_per_page, subscriptions, pages);
  }
  [[nodiscard]] constexpr std::uint32_t most_downloads() const noexcept {
    if (downloads != 0) return downloads;
    return requests > 1 ? requests / 2 : 1;
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
  /// Bytes of the buffer for a message longer than `read_bytes`, with a control frame in between.
  [[nodiscard]] constexpr std::uint32_t large_bytes() const noexcept { return message_bytes + 256; }
  /// Minimum rate, in bytes per second, while others wait for this client's slot; a slower one is
  /// closed to make room.
  [[nodiscard]] constexpr std::uint32_t brisk_rate() const noexcept { return 16 * least_rate; }
  [[nodiscard]] constexpr std::uint32_t read_buffer_count() const noexcept {
    return read_buffers != 0 ? read_buffers : connections + requests;
  }

  /// The first inconsistency between limits, as a sentence; empty when there is none.
  [[nodiscard]] constexpr std::string_view violation() const noexcept {
    if (connections == 0) return "limits: connections must be at least 1";
    if (std::uint64_t{connections} + requests > 16'777'215) {
      return "limits: connections + requests must be at most 16777215";
    }
    if (idle_timeout > coarse_time::longest || close_timeout > coarse_time::longest) {
      return "limits: idle_timeout and close_timeout must be at most 24 days";
    }
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
