#pragma once
/// The memory of one host, cut from one region.

#include <cstddef>

#include <musubi/async/internal/post_pool.hpp>
#include <musubi/host/internal/backlog.hpp>
#include <musubi/host/internal/receive_buffers.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/store/child/internal/node_index.hpp>
#include <musubi/store/internal/subscription.hpp>
#include <musubi/store/upload/internal/upload_services.hpp>

namespace musubi {

/// Sizes that depend on the application's types.
struct host_sizes {
  std::size_t connection = 0;  ///< the largest: one with a socket, or a plain WebSocket
  std::size_t connection_alignment = alignof(std::max_align_t);
  std::size_t page = 0;  ///< the largest page
  std::size_t page_alignment = alignof(std::max_align_t);
  std::size_t state = 0;   ///< the largest State
  std::size_t socket = 0;  ///< the application's socket
  std::size_t http = 0;    ///< an HTTP request, with the largest of the application's gets
  std::size_t root_channel = 0;
  std::size_t draining = 0;
  std::size_t node = 0;         ///< the largest child store; 0 if there are none
  std::size_t async = 0;        ///< a running task; 0 if no store has any
  bool outgoing = false;        ///< some store has streams, events or uploads
  std::size_t upload_meta = 0;  ///< for a result of `upload_external`
  std::size_t upload = 0;       ///< a file with its meta and its line; 0 if no store takes files
};

namespace detail {
/// Pools keep their names, but where flash is little: there `host_core::each_pool` has them, which
/// few programs link.
constexpr pool_name kept(const char* name) noexcept {
  return short_ways ? pool_name(name) : pool_name();
}
}  // namespace detail

/// All pools. Constructed with a measuring carver, it computes how much memory they need.
struct host_memory {
  constexpr host_memory(carver& memory, const limits& limit, const host_sizes& sizes) noexcept
      : connections(detail::kept("connections"), memory, sizes.connection, limit.connections,
                    sizes.connection_alignment),
        requests(detail::kept("requests"), memory, sizes.http, limit.requests),
        pages(detail::kept("pages"), memory, sizes.root_channel + sizes.page + limit.topic_bytes,
              limit.pages, sizes.page_alignment),
        subscriptions(detail::kept("subscriptions"), memory, sizeof(subscription),
                      limit.subscriptions, alignof(subscription)),
        nodes(detail::kept("nodes"), memory, sizes.node + limit.store_id_bytes,
              sizes.node == 0 ? 0 : limit.nodes),
        index(memory, sizes.node == 0 ? 0 : limit.nodes),
        asyncs(detail::kept("asyncs"), memory, sizes.async, sizes.async == 0 ? 0 : limit.asyncs),
        outgoing(detail::kept("outgoing"), memory, limit.outgoing_block_bytes,
                 sizes.outgoing ? limit.outgoing_blocks : 0),
        uploads(detail::kept("uploads"), memory, sizes.upload + limit.upload_name_bytes,
                sizes.upload == 0 ? 0 : limit.uploads),
        upload_services(memory.take(sizes.upload == 0 ? 0 : sizeof(musubi::upload_services))),
        read_buffers(detail::kept("read_buffers"), memory,
                     receive_buffers::header_bytes + limit.read_bytes, limit.read_buffer_count()),
        large_messages(detail::kept("large_messages"), memory,
                       receive_buffers::header_bytes + limit.large_bytes(), limit.large_messages),
        drains(detail::kept("drains"), memory, sizes.draining, limit.connections),
        backlogs{block_pool(detail::kept("backlog_blocks"), memory, limit.backlog_block_bytes,
                            limit.backlog_blocks + limit.connections),
                 0, limit.backlog_bytes},
        decode(detail::kept("decode"), memory, limit.decode_bytes),
        mail(detail::kept("mail"), memory, limit.mail),
        render(memory.take(sizes.state)),
        render_bytes(sizes.state),
        socket_copy(memory.take(sizes.socket)) {}

  block_pool connections;
  block_pool requests;
  block_pool pages;
  block_pool subscriptions;
  block_pool nodes;
  node_index index;
  block_pool asyncs;
  block_pool outgoing;
  block_pool uploads;
  std::byte* upload_services;
  block_pool read_buffers;
  block_pool large_messages;
  block_pool drains;
  backlog_pool backlogs;
  arena decode;
  mail_pools mail;
  std::byte* render;
  std::size_t render_bytes;
  std::byte* socket_copy;
};

/// Bytes that a host with these limits and types needs; a constant expression.
[[nodiscard]] constexpr std::size_t host_bytes(const limits& limit,
                                               const host_sizes& sizes) noexcept {
  carver measure;
  const host_memory pools(measure, limit, sizes);
  const frame_pools frames("coroutine_frames", measure, limit.frames);
  const post_pool posts(measure, limit.posts);
  measure.take(limit.transmit_bytes);
  (void)pools;
  (void)frames;
  (void)posts;
  return measure.used();
}

}  // namespace musubi
