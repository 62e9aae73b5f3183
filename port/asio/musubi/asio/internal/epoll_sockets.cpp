#include <musubi/asio/internal/sockets.hpp>

#if defined(ASIO_HAS_EPOLL) && !defined(MUSUBI_ASIO_SOCKETS)

#include <asio/error.hpp>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

#include <musubi/asio/internal/loop.hpp>
#include <musubi/asio/internal/peer.hpp>

namespace musubi::asio {

namespace {

/// Most events handled in one turn. Further ones wait for the next turn, so that timers and new
/// connections get theirs.
constexpr std::size_t events_per_turn = 256;

block_pool pool_of(std::size_t streams, carver& memory) noexcept {
  return {"streams", memory, sizeof(epoll_stream), streams, alignof(epoll_stream)};
}

// In a program with threads, which offload starts, the C library's recv() and send() are points
// where a thread may be cancelled, at the price of two locked instructions each time. Nobody
// cancels the loop.
#if defined(SYS_recvfrom) && defined(SYS_sendto)
ssize_t receive(int socket, std::span<std::byte> into) noexcept {
  return ::syscall(SYS_recvfrom, socket, into.data(), into.size(), 0, nullptr, nullptr);
}
ssize_t send(int socket, std::span<const std::byte> from) noexcept {
  return ::syscall(SYS_sendto, socket, from.data(), from.size(), MSG_NOSIGNAL, nullptr, 0);
}
#else
ssize_t receive(int socket, std::span<std::byte> into) noexcept {
  return ::recv(socket, into.data(), into.size(), 0);
}
ssize_t send(int socket, std::span<const std::byte> from) noexcept {
  return ::send(socket, from.data(), from.size(), MSG_NOSIGNAL);
}
#endif

net::io_result outcome_of(ssize_t moved) noexcept {
  if (moved > 0) return {net::io::done, static_cast<std::size_t>(moved)};
  if (moved < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
    return {net::io::would_block, 0};
  }
  return {net::io::closed, 0};
}

}  // namespace

net::io_result epoll_stream::try_read(std::span<std::byte> into) noexcept {
  const net::io_result result = outcome_of(receive(socket_, into));
  // a short read has emptied the socket: the next data raises a new edge
  if (result.bytes < into.size() && !hung_up_) readable_ = false;
  return result;
}

net::io_result epoll_stream::try_write(std::span<const std::byte> from) noexcept {
  if (from.empty()) return {net::io::done, 0};
  const net::io_result result = outcome_of(send(socket_, from));
  if (result.bytes < from.size()) writable_ = false;
  return result;
}

void epoll_stream::want_read() noexcept {
  wants_read_ = true;
  if (readable_ && !queued()) owner_.ready_.push(*this);
}

void epoll_stream::want_write() noexcept {
  wants_write_ = true;
  if (writable_ && !queued()) owner_.ready_.push(*this);
}

void epoll_stream::became(std::uint32_t events) noexcept {
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) hung_up_ = true;
  if ((events & EPOLLIN) != 0 || hung_up_) readable_ = true;
  if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) writable_ = true;
}

void epoll_stream::tell() noexcept {
  if (socket_ >= 0 && readable_ && wants_read_) {
    wants_read_ = false;
    user_->on_readable();
  }
  if (socket_ >= 0 && writable_ && wants_write_) {
    wants_write_ = false;
    user_->on_writable();
  }
}

void epoll_stream::shutdown_write() noexcept {
  ::shutdown(socket_, SHUT_WR);
}

void epoll_stream::close() noexcept {
  ::close(std::exchange(socket_, -1));        // also removes it from the set
  if (!queued()) owner_.closed_.push(*this);  // else sweep() finds it in the other queue
}

std::size_t epoll_stream::peer(std::span<char> into) const noexcept {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::getpeername(socket_, generic, &size) != 0) address.ss_family = AF_UNSPEC;
  return write_peer(*generic, into);
}

std::size_t epoll_sockets::bytes(std::size_t streams) noexcept {
  carver measure;
  (void)pool_of(streams, measure);
  return measure.used();
}

epoll_sockets::epoll_sockets(loop& owner, ::asio::io_context& context, std::byte* memory,
                             std::size_t streams)
    : loop_(owner), set_(context, ::epoll_create1(EPOLL_CLOEXEC)) {
  carver carve(memory);
  streams_ = pool_of(streams, carve);
}

epoll_sockets::~epoll_sockets() {
  sweep();
}

void epoll_sockets::wait() {
  set_.async_wait(descriptor::wait_read,
                  bound_handler<epoll_sockets, &epoll_sockets::on_events>(*this, wait_memory_));
}

void epoll_sockets::on_events(const ::asio::error_code& error) {
  if (error) return;
  loop_.begin_turn();
  epoll_event events[events_per_turn];
  const int count = ::epoll_wait(set_.native_handle(), events, events_per_turn, 0);
  for (int i = 0; i < count; ++i) {
    auto& stream = *static_cast<epoll_stream*>(events[i].data.ptr);
    stream.became(events[i].events);
    stream.tell();
  }
  wait();
  loop_.turn();
}

net::stream* epoll_sockets::accept(acceptor& from, ::asio::error_code& error) noexcept {
  if (streams_.exhausted()) {
    error = ::asio::error::no_buffer_space;
    return nullptr;
  }
  const int socket =
      ::accept4(from.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) {
    error.assign(errno, ::asio::system_category());
    return nullptr;
  }
  epoll_stream* const fresh = add(socket);
  if (fresh == nullptr) error.assign(errno, ::asio::system_category());
  return fresh;
}

net::stream* epoll_sockets::connect(const sockaddr& to, socklen_t size) noexcept {
  if (streams_.exhausted()) return nullptr;
  const int socket = ::socket(to.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return nullptr;
  // what cannot even begin fails at once, and is told by the first write as anything later
  (void)::connect(socket, &to, size);
  epoll_stream* const fresh = add(socket);
  if (fresh != nullptr) fresh->writable_ = false;  // until it is open, or has failed
  return fresh;
}

/// Makes a stream of an open socket, which is closed if there is none for it.
epoll_stream* epoll_sockets::add(int socket) noexcept {
  // the host already combines its writes, so Nagle's algorithm would only delay them
  const int yes = 1;
  (void)::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);  // a Unix socket has none
  auto* fresh = make_in<epoll_stream>(streams_, *this, socket);
  epoll_event interest{};
  interest.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  interest.data.ptr = fresh;
  if (fresh != nullptr &&
      ::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, socket, &interest) == 0) {
    return fresh;
  }
  const int why = errno;
  ::close(socket);
  if (fresh != nullptr) destroy_in(streams_, fresh);
  errno = why;
  return nullptr;
}

void epoll_sockets::tell() noexcept {
  const epoll_stream* const last =
      ready_.last();  // what becomes ready meanwhile has its turn later
  while (epoll_stream* const next = ready_.pop()) {
    if (next->closed()) {
      closed_.push(*next);
    } else {
      next->tell();
    }
    if (next == last) return;
  }
}

void epoll_sockets::sweep() noexcept {
  ready_.remove_if([](const epoll_stream& each) noexcept { return each.closed(); },
                   [this](epoll_stream& gone) noexcept { closed_.push(gone); });
  while (epoll_stream* const gone = closed_.pop()) destroy_in(streams_, gone);
}

}  // namespace musubi::asio

#endif
