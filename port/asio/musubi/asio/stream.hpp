#pragma once
/// One accepted socket of Asio's as a stream of the core.

#include <asio/basic_stream_socket.hpp>
#include <asio/generic/stream_protocol.hpp>
#include <asio/io_context.hpp>

#include <musubi/asio/operation_memory.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::asio {

class loop;

/// TCP or Unix. Lives in the loop's pool until it is closed and Asio has let go of it.
class stream final : public net::stream {
 public:
  using socket = ::asio::basic_stream_socket<::asio::generic::stream_protocol,
                                             ::asio::io_context::executor_type>;

  explicit stream(loop& owner);

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

  [[nodiscard]] socket& accepted() noexcept { return socket_; }
  /// Makes a freshly accepted socket ready for use.
  void prepare() noexcept;

 private:
  void on_read_ready(const ::asio::error_code& error);
  void on_write_ready(const ::asio::error_code& error);
  /// After a wait: true when the stream is still in use.
  bool settled() noexcept;

  loop& loop_;
  socket socket_;
  operation_memory read_memory_;
  // a wait for writing is rare, so its memory is the loop's to give
  operation_memory* write_memory_ = nullptr;
  bool reading_ = false;
  bool writing_ = false;
  bool closed_ = false;
};

}  // namespace musubi::asio
