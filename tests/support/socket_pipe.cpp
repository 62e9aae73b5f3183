#include "support/socket_pipe.hpp"

#include "support/patience.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace musubi::test {

namespace {

using wall_clock = std::chrono::steady_clock;

void never_block(int socket) noexcept {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
}

}  // namespace

socket_end& socket_end::operator=(socket_end&& other) noexcept {
  if (this != &other) {
    close();
    socket_ = std::exchange(other.socket_, -1);
    ended_ = other.ended_;
  }
  return *this;
}

socket_end socket_end::to_port(std::uint16_t port) noexcept {
  socket_end made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(made.socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    made.close();
  } else {
    never_block(made.socket_);
  }
  return made;
}

socket_end socket_end::to_path(const char* path) noexcept {
  socket_end made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (::connect(made.socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    made.close();
  } else {
    never_block(made.socket_);
  }
  return made;
}

std::size_t socket_end::write(std::string_view bytes) noexcept {
  const ssize_t taken = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (taken < 0 && errno != EAGAIN) ended_ = true;
  return taken < 0 ? 0 : static_cast<std::size_t>(taken);
}

std::size_t socket_end::read(std::span<std::byte> into) noexcept {
  const ssize_t moved = ::recv(socket_, into.data(), into.size(), 0);
  if (moved == 0 || (moved < 0 && errno != EAGAIN)) ended_ = true;
  return moved < 0 ? 0 : static_cast<std::size_t>(moved);
}

void socket_end::shutdown() noexcept {
  ::shutdown(socket_, SHUT_WR);
}

void socket_end::close() noexcept {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void socket_pipe::write(std::string_view bytes) {
  const auto deadline = wall_clock::now() + patience;
  while (!bytes.empty() && !end_.ended() && wall_clock::now() < deadline) {
    bytes.remove_prefix(end_.write(bytes));
    pump_();
  }
}

std::string socket_pipe::read() {
  const auto deadline = wall_clock::now() + patience;
  char piece[4096];
  do {
    pump_();
    const std::size_t bytes = end_.read(std::as_writable_bytes(std::span(piece)));
    if (bytes != 0) return {piece, bytes};
  } while (!end_.ended() && wall_clock::now() < deadline);
  return {};
}

bool socket_pipe::ended() {
  return end_.ended();
}

}  // namespace musubi::test
