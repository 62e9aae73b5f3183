#pragma once
/// The sockets of one loop, by whatever tells best when they are ready. Both kinds have
///
///     static std::size_t bytes(std::size_t streams)
///         memory that so many streams need
///     sockets(loop&, ::asio::io_context&, std::byte* memory, std::size_t streams)
///         takes what else it will ever need; `memory` outlives the context
///     void start()
///         the loop has a host now
///     net::stream* accept(acceptor&, ::asio::error_code&)
///         the next connection, ready for use; null, and why
///     void tell(), bool waiting(), void sweep()
///         once a turn: calls the users of streams that want what they already have; there are more
///         of those; frees what was closed

#include <asio/detail/config.hpp>

// MUSUBI_ASIO_SOCKETS: Asio's own everywhere
#if defined(ASIO_HAS_EPOLL) && !defined(MUSUBI_ASIO_SOCKETS)
#include <musubi/asio/epoll_sockets.hpp>
namespace musubi::asio {
using sockets = epoll_sockets;
}
#else
#include <musubi/asio/asio_sockets.hpp>
namespace musubi::asio {
using sockets = asio_sockets;
}
#endif
