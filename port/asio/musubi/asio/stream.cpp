#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <utility>

#include <musubi/asio/loop.hpp>
#include <musubi/asio/stream.hpp>
#include <musubi/json/output.hpp>
#include <musubi/json/writer.hpp>

namespace musubi::asio {

stream::stream(loop& owner) : loop_(owner), socket_(owner.context_) {}

void stream::prepare() noexcept {
  ::asio::error_code ignored;
  socket_.non_blocking(true, ignored);
  // what is to leave together is written together; the rest must not wait for it
  socket_.set_option(::asio::ip::tcp::no_delay(true), ignored);  // a Unix socket has none
}

net::io_result stream::try_read(std::span<std::byte> into) noexcept {
  ::asio::error_code error;
  const std::size_t bytes = socket_.read_some(::asio::buffer(into.data(), into.size()), error);
  if (!error) return {net::io::done, bytes};
  if (error == ::asio::error::would_block || error == ::asio::error::try_again) {
    return {net::io::would_block, 0};
  }
  return {net::io::closed, 0};
}

net::io_result stream::try_write(std::span<const std::byte> from) noexcept {
  ::asio::error_code error;
  const std::size_t bytes = socket_.write_some(::asio::buffer(from.data(), from.size()), error);
  if (!error) return {net::io::done, bytes};
  if (error == ::asio::error::would_block || error == ::asio::error::try_again) {
    return {net::io::would_block, 0};
  }
  return {net::io::closed, 0};
}

void stream::want_read() noexcept {
  if (std::exchange(reading_, true)) return;
  socket_.async_wait(socket::wait_read,
                     bound_handler<stream, &stream::on_read_ready>(*this, read_memory_));
}

void stream::want_write() noexcept {
  if (std::exchange(writing_, true)) return;
  write_memory_ = loop_.take_write_memory();
  socket_.async_wait(socket::wait_write,
                     bound_handler<stream, &stream::on_write_ready>(*this, *write_memory_));
}

bool stream::settled() noexcept {
  if (!closed_) return true;
  if (!reading_ && !writing_) loop_.release(*this);
  return false;
}

void stream::on_read_ready(const ::asio::error_code&) {
  // an error shows in the read that follows
  reading_ = false;
  if (!settled()) return;
  loop_.begin_turn();
  user_->on_readable();
  loop_.turn();
}

void stream::on_write_ready(const ::asio::error_code&) {
  writing_ = false;
  loop_.give_write_memory(std::exchange(write_memory_, nullptr));
  if (!settled()) return;
  loop_.begin_turn();
  user_->on_writable();
  loop_.turn();
}

void stream::shutdown_write() noexcept {
  ::asio::error_code ignored;
  socket_.shutdown(socket::shutdown_send, ignored);
}

void stream::close() noexcept {
  ::asio::error_code ignored;
  closed_ = true;
  socket_.close(ignored);  // what waits is told, later, that it was aborted
  if (!reading_ && !writing_) loop_.release(*this);
}

std::size_t stream::peer(std::span<char> into) const noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  ::asio::error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  const int family = endpoint.protocol().family();
  if (error || (family != AF_INET && family != AF_INET6)) {
    out.raw(error ? std::string_view("unknown") : std::string_view("unix"));
    return buffer.view().size();
  }
  char text[64] = "";
  if (family == AF_INET) {
    const auto* address = reinterpret_cast<const sockaddr_in*>(endpoint.data());
    ::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    out.raw(text);
    out.raw(':');
    out.number(static_cast<unsigned>(ntohs(address->sin_port)));
  } else {
    const auto* address = reinterpret_cast<const sockaddr_in6*>(endpoint.data());
    ::inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof text);
    out.raw('[');
    out.raw(text);
    out.raw("]:");
    out.number(static_cast<unsigned>(ntohs(address->sin6_port)));
  }
  return buffer.view().size();
}

}  // namespace musubi::asio
