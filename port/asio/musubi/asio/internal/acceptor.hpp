#pragma once

#include <asio/basic_socket_acceptor.hpp>
#include <asio/generic/stream_protocol.hpp>
#include <asio/io_context.hpp>

namespace musubi::asio {

/// Accepts connections of any stream protocol. Avoids the type erasure of Asio's default executor.
using acceptor = ::asio::basic_socket_acceptor<::asio::generic::stream_protocol,
                                               ::asio::io_context::executor_type>;

}  // namespace musubi::asio
