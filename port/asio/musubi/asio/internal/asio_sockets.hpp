#pragma once
/// Sockets for systems without epoll: Asio waits for each of them.

#include <asio/basic_stream_socket.hpp>
#include <asio/generic/stream_protocol.hpp>
#include <asio/io_context.hpp>
#include <cstddef>
#include <sys/socket.h>

#include <musubi/asio/internal/acceptor.hpp>
#include <musubi/asio/internal/operation_memory.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::asio {

class asio_sockets;
class loop;

/// A TCP or Unix socket. Its block returns to the pool of `asio_sockets` when it is closed and none
/// of Asio's operations refers to it.
class asio_stream final : public net::stream {
 public:
  using socket = ::asio::basic_stream_socket<::asio::generic::stream_protocol,
                                             ::asio::io_context::executor_type>;

  asio_stream(asio_sockets& owner, ::asio::io_context& context) : owner_(owner), socket_(context) {}

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

 private:
  friend class asio_sockets;
  void on_read_ready(const ::asio::error_code& error);
  void on_write_ready(const ::asio::error_code& error);
  /// Call after a wait. Returns true if the stream is still open; frees a closed one after its last
  /// wait.
  bool still_open() noexcept;

  asio_sockets& owner_;
  socket socket_;
  operation_memory read_memory_;
  // from a pool, because few streams wait to write at the same time
  operation_memory* write_memory_ = nullptr;
  bool reading_ = false;
  bool writing_ = false;
  bool closed_ = false;
};

/// See sockets.hpp.
class asio_sockets {
 public:
  [[nodiscard]] static std::size_t bytes(std::size_t streams) noexcept;
  asio_sockets(loop& owner, ::asio::io_context& context, std::byte* memory, std::size_t streams);
  asio_sockets(const asio_sockets&) = delete;
  asio_sockets& operator=(const asio_sockets&) = delete;

  void start() noexcept {}
  [[nodiscard]] net::stream* connect(const sockaddr& to, socklen_t size) noexcept;
  [[nodiscard]] net::stream* accept(acceptor& from, ::asio::error_code& error) noexcept;
  void tell() noexcept {}
  [[nodiscard]] bool waiting() const noexcept { return false; }
  void sweep() noexcept {}

 private:
  friend class asio_stream;
  void reserve_descriptors(std::size_t streams);
  void release(asio_stream& closed) noexcept { destroy_in(streams_, &closed); }

  loop& loop_;
  ::asio::io_context& context_;
  block_pool streams_;
  block_pool write_memory_;
};

}  // namespace musubi::asio
