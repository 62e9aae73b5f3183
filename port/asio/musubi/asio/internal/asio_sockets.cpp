#include <musubi/asio/internal/sockets.hpp>

#if !defined(ASIO_HAS_EPOLL) || defined(MUSUBI_ASIO_SOCKETS)

#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/ip/tcp.hpp>
#include <utility>

#include <musubi/asio/internal/loop.hpp>
#include <musubi/asio/internal/peer.hpp>

#if defined(ASIO_HAS_EPOLL)
#include <asio/posix/basic_stream_descriptor.hpp>
#include <fcntl.h>
#include <unistd.h>
#include <vector>
#endif

namespace musubi::asio {

namespace {

net::io_result outcome_of(std::size_t bytes, const ::asio::error_code& error) noexcept {
  if (!error) return {net::io::done, bytes};
  if (error == ::asio::error::would_block || error == ::asio::error::try_again) {
    return {net::io::would_block, 0};
  }
  return {net::io::closed, 0};
}

}  // namespace

net::io_result asio_stream::try_read(std::span<std::byte> into) noexcept {
  ::asio::error_code error;
  const std::size_t bytes = socket_.read_some(::asio::buffer(into.data(), into.size()), error);
  return outcome_of(bytes, error);
}

net::io_result asio_stream::try_write(std::span<const std::byte> from) noexcept {
  ::asio::error_code error;
  const std::size_t bytes = socket_.write_some(::asio::buffer(from.data(), from.size()), error);
  return outcome_of(bytes, error);
}

void asio_stream::want_read() noexcept {
  if (std::exchange(reading_, true)) return;
  socket_.async_wait(socket::wait_read,
                     bound_handler<asio_stream, &asio_stream::on_read_ready>(*this, read_memory_));
}

void asio_stream::want_write() noexcept {
  if (std::exchange(writing_, true)) return;
  write_memory_ = make_in<operation_memory>(owner_.write_memory_);
  socket_.async_wait(socket::wait_write, bound_handler<asio_stream, &asio_stream::on_write_ready>(
                                             *this, *write_memory_));
}

bool asio_stream::still_open() noexcept {
  if (!closed_) return true;
  if (!reading_ && !writing_) owner_.release(*this);
  return false;
}

void asio_stream::on_read_ready(const ::asio::error_code&) {
  // the read that follows reports any error
  reading_ = false;
  if (!still_open()) return;
  loop& events = owner_.loop_;
  events.begin_turn();
  user_->on_readable();
  events.turn();
}

void asio_stream::on_write_ready(const ::asio::error_code&) {
  writing_ = false;
  destroy_in(owner_.write_memory_, std::exchange(write_memory_, nullptr));
  if (!still_open()) return;
  loop& events = owner_.loop_;
  events.begin_turn();
  user_->on_writable();
  events.turn();
}

void asio_stream::shutdown_write() noexcept {
  ::asio::error_code ignored;
  socket_.shutdown(socket::shutdown_send, ignored);
}

void asio_stream::close() noexcept {
  ::asio::error_code ignored;
  closed_ = true;
  socket_.close(ignored);  // aborts pending waits; their handlers still run, later
  if (!reading_ && !writing_) owner_.release(*this);
}

std::size_t asio_stream::peer(std::span<char> into) const noexcept {
  ::asio::error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  return write_peer(*endpoint.data(), into);
}

std::size_t asio_sockets::bytes(std::size_t streams) noexcept {
  carver measure;
  (void)block_pool("streams", measure, sizeof(asio_stream), streams);
  (void)block_pool("write_waits", measure, sizeof(operation_memory), streams);
  return measure.used();
}

asio_sockets::asio_sockets(loop& owner, ::asio::io_context& context, std::byte* memory,
                           std::size_t streams)
    : loop_(owner), context_(context) {
  carver carve(memory);
  streams_ = block_pool("streams", carve, sizeof(asio_stream), streams);
  write_memory_ = block_pool("write_waits", carve, sizeof(operation_memory), streams);
  reserve_descriptors(streams);
}

void asio_sockets::reserve_descriptors([[maybe_unused]] std::size_t streams) {
#if defined(ASIO_HAS_EPOLL)
  // Asio's reactor allocates a record for each descriptor when it is registered, and reuses the
  // records of closed ones. Registering a descriptor that cannot be polled allocates a record and
  // has no other effect.
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null < 0) return;
  using descriptor = ::asio::posix::basic_stream_descriptor<::asio::io_context::executor_type>;
  std::vector<descriptor> reserved;
  reserved.reserve(streams + 1);
  ::asio::error_code ignored;
  for (std::size_t i = 0; i <= streams; ++i) reserved.emplace_back(context_).assign(null, ignored);
  for (descriptor& each : reserved) (void)each.release();
  ::close(null);
#endif
}

net::stream* asio_sockets::accept(acceptor& from, ::asio::error_code& error) noexcept {
  auto* fresh = make_in<asio_stream>(streams_, *this, context_);
  if (fresh == nullptr) {
    error = ::asio::error::no_buffer_space;
    return nullptr;
  }
  from.accept(fresh->socket_, error);
  if (error) {
    release(*fresh);
    return nullptr;
  }
  ::asio::error_code ignored;
  fresh->socket_.non_blocking(true, ignored);
  // the host already combines its writes, so Nagle's algorithm would only delay them
  fresh->socket_.set_option(::asio::ip::tcp::no_delay(true), ignored);  // a Unix socket has none
  return fresh;
}

net::stream* asio_sockets::connect(const sockaddr& to, socklen_t size) noexcept {
  auto* fresh = make_in<asio_stream>(streams_, *this, context_);
  if (fresh == nullptr) return nullptr;
  ::asio::error_code error;
  fresh->socket_.open(::asio::generic::stream_protocol(to.sa_family, 0), error);
  if (error) {
    release(*fresh);
    return nullptr;
  }
  fresh->socket_.non_blocking(true, error);
  fresh->socket_.set_option(::asio::ip::tcp::no_delay(true), error);  // a Unix socket has none
  // what cannot even begin fails at once, and is told by the first write as anything later
  (void)::connect(fresh->socket_.native_handle(), &to, size);
  return fresh;
}

}  // namespace musubi::asio

#endif
