#include <musubi/posix/internal/stream.hpp>
#include <musubi/posix/listener.hpp>
#include <musubi/posix/loop.hpp>

namespace musubi::posix {

net::io_result stream::try_read(std::span<std::byte> into) noexcept {
  if (into.empty()) return {net::io::done, 0};
  const auto bytes = sys::recv(socket_.get(), into.data(), into.size(), 0);
  if (bytes > 0) return {net::io::done, static_cast<std::size_t>(bytes)};
  return {bytes < 0 && sys::would_block() ? net::io::would_block : net::io::closed, 0};
}

net::io_result stream::try_write(std::span<const std::byte> from) noexcept {
  if (from.empty()) return {net::io::done, 0};
  const auto bytes = sys::send(socket_.get(), from.data(), from.size(), sys::send_flags);
  if (bytes >= 0) return {net::io::done, static_cast<std::size_t>(bytes)};
  if (sys::would_block()) return {net::io::would_block, 0};
  if (!sys::starved()) return {net::io::closed, 0};
  starved_ = true;
  loop_.pause();
  return {net::io::would_block, 0};
}

short stream::events() const noexcept {
  const int wanted = (reading_ ? POLLIN : 0) | (writing_ && !starved_ ? POLLOUT : 0);
  return static_cast<short>(wanted);
}

void stream::became(short events) noexcept {
  constexpr int broken = POLLERR | POLLHUP | POLLNVAL;
  readable_ = reading_ && (events & (POLLIN | broken)) != 0;
  writable_ = writing_ && (events & (POLLOUT | broken)) != 0;
  if (readable_ || writable_) loop_.tell_soon(*this);
}

void stream::tell() noexcept {
  // one call at a time, because it may close the stream
  if (readable_) {
    readable_ = reading_ = false;
    if (writable_) loop_.tell_soon(*this);
    return user_->on_readable();
  }
  if (writable_) {
    writable_ = writing_ = false;
    user_->on_writable();
  }
}

void stream::shutdown_write() noexcept {
  (void)sys::shutdown(socket_.get(), SHUT_WR);
}

void stream::close() noexcept {
  loop_.release(*this);
}

std::size_t stream::peer(std::span<char> into) const noexcept {
  return write_peer(socket_.get(), into);
}

}  // namespace musubi::posix
