#pragma once
/// Sockets on Linux: an epoll set of the port's own reports their readiness, inside Asio's loop.
///
/// Waiting for a socket with Asio costs a system call for each wait, and 250 bytes for each socket.
/// Here a socket is registered once, edge-triggered, and remembers its readiness. Asio waits for a
/// single descriptor, that of the set.

#include <asio/error_code.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/basic_stream_descriptor.hpp>
#include <cstddef>
#include <cstdint>
#include <sys/socket.h>

#include <musubi/asio/internal/acceptor.hpp>
#include <musubi/asio/internal/operation_memory.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::asio {

class epoll_sockets;
class loop;

/// A TCP or Unix socket. After `close`, its block stays in use until the next `sweep` of its
/// `epoll_sockets`.
class epoll_stream final : public net::stream, public queue_link<epoll_stream> {
 public:
  epoll_stream(epoll_sockets& owner, int socket) noexcept : owner_(owner), socket_(socket) {}

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

 private:
  friend class epoll_sockets;
  [[nodiscard]] bool closed() const noexcept { return socket_ < 0; }
  /// Records the readiness that the set reported.
  void became(std::uint32_t events) noexcept;
  /// Notifies the user of the readiness it asked for.
  void tell() noexcept;

  epoll_sockets& owner_;
  int socket_;
  // reported by an edge, and not disproved by a read or write since
  bool readable_ : 1 = false;
  bool writable_ : 1 = true;
  bool hung_up_ : 1 = false;  // stays readable up to its end: there will be no further edge
  bool wants_read_ : 1 = false;
  bool wants_write_ : 1 = false;
};
static_assert(sizeof(epoll_stream) <= 40, "each connection has one");

/// See sockets.hpp.
class epoll_sockets {
 public:
  [[nodiscard]] static std::size_t bytes(std::size_t streams) noexcept;
  epoll_sockets(loop& owner, ::asio::io_context& context, std::byte* memory, std::size_t streams);
  ~epoll_sockets();
  epoll_sockets(const epoll_sockets&) = delete;
  epoll_sockets& operator=(const epoll_sockets&) = delete;

  void start() { wait(); }
  [[nodiscard]] net::stream* accept(acceptor& from, ::asio::error_code& error) noexcept;
  [[nodiscard]] net::stream* connect(const sockaddr& to, socklen_t size) noexcept;
  [[nodiscard]] bool waiting() const noexcept { return !ready_.empty(); }
  void tell() noexcept;
  void sweep() noexcept;

 private:
  friend class epoll_stream;
  using descriptor = ::asio::posix::basic_stream_descriptor<::asio::io_context::executor_type>;

  [[nodiscard]] epoll_stream* add(int socket) noexcept;
  void wait();
  void on_events(const ::asio::error_code& error);

  loop& loop_;
  block_pool streams_;
  descriptor set_;
  operation_memory wait_memory_;
  link_queue<epoll_stream> ready_;   // ready when they asked: notified in the next turn
  link_queue<epoll_stream> closed_;  // to be freed
};

}  // namespace musubi::asio
