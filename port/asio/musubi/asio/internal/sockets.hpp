#pragma once
/// The sockets of one loop, in the best implementation that the system allows. Each has
///
///     static std::size_t bytes(std::size_t streams)
///         the memory needed for that many streams
///     sockets(loop&, ::asio::io_context&, std::byte* memory, std::size_t streams)
///         allocates everything else; `memory` must outlive the context
///     void start()
///         called once the loop has a host
///     net::stream* accept(acceptor&, ::asio::error_code&)
///         the next connection, ready for use, or null and an error
///     net::stream* connect(const sockaddr&, socklen_t)
///         a stream that is being connected, or null: there is none, or no such kind of socket
///     void tell()
///         called once a turn: notifies users whose stream was ready when they asked
///     bool waiting()
///         whether `tell` has more to do
///     void sweep()
///         called once a turn: frees closed streams

#include <asio/detail/config.hpp>

// MUSUBI_ASIO_SOCKETS selects Asio's own sockets on every system
#if defined(ASIO_HAS_EPOLL) && !defined(MUSUBI_ASIO_SOCKETS)
#include <musubi/asio/internal/epoll_sockets.hpp>
namespace musubi::asio {
using sockets = epoll_sockets;
}
#else
#include <musubi/asio/internal/asio_sockets.hpp>
namespace musubi::asio {
using sockets = asio_sockets;
}
#endif
