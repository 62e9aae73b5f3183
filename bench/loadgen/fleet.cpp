#include "loadgen/fleet.hpp"

#include "loadgen/clock.hpp"
#include "loadgen/process.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loadgen {

namespace {

/// While clients are joining, other messages are not expected.
class no_work final : public workload {
 public:
  void on_message(client&, std::string_view) override {}
};

template <class T>
void set_option(int socket, int level, int name, const T& value) {
  if (setsockopt(socket, level, name, &value, sizeof value) != 0) fail("setsockopt");
}

}  // namespace

fleet::fleet(const target& server)
    : server_(server), epoll_(epoll_create1(EPOLL_CLOEXEC)), buffer_(read_bytes) {
  if (epoll_ < 0) fail("epoll_create1");
}

fleet::~fleet() {
  for (const auto& each : clients_) {
    if (each->socket >= 0) ::close(each->socket);
  }
  ::close(epoll_);
}

client& fleet::add(root_kind kind, std::string_view id) {
  clients_.push_back(std::make_unique<client>(kind, id, clients_.size()));
  client& fresh = *clients_.back();
  fresh.socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fresh.socket < 0) fail("socket");
  set_option(fresh.socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(fresh.socket, SOL_SOCKET, SO_LINGER, linger{1, 0});  // leaves no port in TIME_WAIT
  return fresh;
}

void fleet::keep_buffers_small(client& fresh) {
  set_option(fresh.socket, SOL_SOCKET, SO_RCVBUF, 4096);
  set_option(fresh.socket, IPPROTO_TCP, TCP_MAXSEG, 536);
}

void fleet::watch(client& watched, int operation, std::uint32_t events) {
  epoll_event interest{};
  interest.events = events;
  interest.data.ptr = &watched;
  if (epoll_ctl(epoll_, operation, watched.socket, &interest) != 0) fail("epoll_ctl");
}

void fleet::ignore(client& deaf) {
  watch(deaf, EPOLL_CTL_MOD, 0);
}
void fleet::heed(client& again) {
  watch(again, EPOLL_CTL_MOD, EPOLLIN);
}

void fleet::open(client& fresh) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server_.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int outcome =
      connect(fresh.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (outcome != 0 && errno != EINPROGRESS) fail("connect");
  watch(fresh, EPOLL_CTL_ADD, EPOLLOUT);
}

void fleet::connected(client& fresh) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(fresh.socket, SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  if (error != 0) fail("connect");
  watch(fresh, EPOLL_CTL_MOD, EPOLLIN);
  fresh.at = client::stage::upgrading;
  if (server_.tls) fresh.secure.open(secured_, fresh.socket);
  send(fresh, upgrade_request(server_.port, server_.path));
}

void fleet::join_all(std::size_t in_flight) {
  const std::uint64_t deadline = now() + nanoseconds(120);
  no_work nothing;
  while (joined_ < clients_.size()) {
    while (opened_ < clients_.size() && opened_ - joined_ < in_flight) open(*clients_[opened_++]);
    poll(nothing, 1000);
    errno = 0;
    if (now() > deadline) fail("not all clients could join within two minutes");
  }
}

void fleet::poll(workload& work, int milliseconds) {
  epoll_event ready[1024];
  const int count = epoll_wait(epoll_, ready, std::size(ready), milliseconds);
  for (int i = 0; i < count; ++i) {
    client& each = *static_cast<client*>(ready[i].data.ptr);
    if (each.at == client::stage::connecting) {
      connected(each);
    } else {
      read(each, work);
    }
  }
}

void fleet::send(client& to, std::string_view bytes) {
  if (to.secure) return to.secure.write(bytes);
  while (!bytes.empty()) {
    const ssize_t taken = ::send(to.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (taken > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(taken));
    } else if (errno == EAGAIN) {
      pollfd room{to.socket, POLLOUT, 0};
      (void)::poll(&room, 1, 1000);
    } else {
      fail("send");
    }
  }
}

ssize_t fleet::receive(client& from, std::span<char> into) {
  if (from.secure) return from.secure.read(into);
  return recv(from.socket, into.data(), into.size(), 0);
}

void fleet::read(client& from, workload& work) {
  std::memcpy(buffer_.data(), from.unread.data(), from.unread.size());
  const std::size_t kept = from.unread.size();
  const ssize_t count = receive(from, std::span(buffer_).subspan(kept));
  if (count < 0 && errno == EAGAIN) return;
  if (count < 0) fail("recv");
  errno = 0;
  if (count == 0) fail("the server closed a connection");
  ++reads_;
  bytes_read_ += static_cast<std::uint64_t>(count);
  read_at_ = now();

  std::string_view received(buffer_.data(), kept + static_cast<std::size_t>(count));
  if (from.at == client::stage::upgrading) {
    std::size_t size = 0;
    switch (read_upgrade(received, size)) {
      case upgrade_answer::incomplete:
        from.unread = received;
        return;
      case upgrade_answer::refused:
        std::fwrite(received.data(), 1, received.size(), stderr);
        fail("the upgrade was refused");
      case upgrade_answer::accepted:
        break;
    }
    received.remove_prefix(size);
    from.at = client::stage::joining;
    std::string join;
    from.mounted.append_join(join);
    send(from, join);
  }
  server_frame frame{};
  while (take_frame(received, frame)) {
    if (frame.kind == frame_kind::close) fail("the server sent a close frame");
    deliver(from, frame.payload, work);
  }
  from.unread = received;
  if (from.at == client::stage::joined) work.on_read(from);
}

void fleet::deliver(client& to, std::string_view message, workload& work) {
  if (to.at == client::stage::joined) return work.on_message(to, message);
  joining(to, message);
}

void fleet::joining(client& fresh, std::string_view message) {
  if (!fresh.replied) {
    fresh.replied = true;
    if (!floor() && !fresh.mounted.is_join_reply(message)) complain("join reply", message);
    return;
  }
  if (!floor() && !fresh.mounted.is_initial_patch(message, fresh.uptime)) {
    complain("initial patch", message);
  }
  fresh.at = client::stage::joined;
  ++joined_;
}

void fleet::complain(std::string_view about, std::string_view message) {
  if (++bad_ > 5) return;
  std::fprintf(stderr, "loadgen: wrong %.*s: %.*s\n", static_cast<int>(about.size()), about.data(),
               static_cast<int>(message.size()), message.data());
}

}  // namespace loadgen
