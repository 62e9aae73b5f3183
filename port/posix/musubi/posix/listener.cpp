#include <algorithm>
#include <cstring>

#include <musubi/json/output.hpp>
#include <musubi/json/writer.hpp>
#include <musubi/posix/listener.hpp>

namespace musubi::posix {

namespace {

/// Room for either family's.
struct address {
  sockaddr_storage bytes{};
  socklen_t size = sizeof bytes;
  [[nodiscard]] sockaddr* generic() noexcept { return reinterpret_cast<sockaddr*>(&bytes); }
  [[nodiscard]] int family() noexcept { return generic()->sa_family; }
  [[nodiscard]] sockaddr_in& v4() noexcept { return reinterpret_cast<sockaddr_in&>(bytes); }
  void become_v4() noexcept {
    v4().sin_family = AF_INET;
    size = sizeof v4();
  }
#if MUSUBI_POSIX_IPV6
  [[nodiscard]] sockaddr_in6& v6() noexcept {
    return reinterpret_cast<sockaddr_in6&>(bytes);
  }
  void become_v6() noexcept {
    v6().sin6_family = AF_INET6;
    size = sizeof v6();
  }
  [[nodiscard]] in_port_t& port() noexcept {
    return family() == AF_INET6 ? v6().sin6_port : v4().sin_port;
  }
#else
  [[nodiscard]] in_port_t& port() noexcept {
    return v4().sin_port;
  }
#endif
};

bool parse(std::string_view text, address& into) noexcept {
  char ended[46] = {};  // the longest address of IPv6 as text
  if (text.size() >= sizeof ended) return false;
  std::copy(text.begin(), text.end(), ended);
  into.become_v4();
  if (sys::inet_pton(AF_INET, ended, &into.v4().sin_addr) == 1) return true;
#if MUSUBI_POSIX_IPV6
  into.become_v6();
  if (sys::inet_pton(AF_INET6, ended, &into.v6().sin6_addr) == 1) return true;
#endif
  return false;
}

status refusal() noexcept {
  if (sys::starved()) return exhausted("descriptors");
  if (errno == EADDRINUSE) return fail("the port is in use");
  if (errno == EADDRNOTAVAIL) return fail("the address is not this machine's");
  if (errno == EACCES) return fail("this program may not listen on this port");
  return fail("the system does not listen there");
}

status open_on(address& where, int backlog, bool both_families, sys::descriptor& into) noexcept {
  into.reset(sys::socket(where.family(), SOCK_STREAM, 0));
  if (!into) return refusal();
  const int yes = 1;
  // a restart finds connections of the last run still winding down
  (void)sys::setsockopt(into.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
#if MUSUBI_POSIX_IPV6
  const int no = 0;
  if (both_families &&
      sys::setsockopt(into.get(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no) != 0) {
    return refusal();
  }
#endif
  if (sys::bind(into.get(), where.generic(), where.size) != 0 ||
      sys::listen(into.get(), backlog) != 0 || !sys::never_blocks(into.get())) {
    return refusal();
  }
  return {};
}

}  // namespace

status listener::open(const listen_address& where) noexcept {
  address at;
  status opened = fail("there is no IPv6");
  if (where.bind != everywhere) {
    if (!parse(where.bind, at)) return fail("the address to bind is none, or not of this system");
    at.port() = htons(where.port);
    opened = open_on(at, where.backlog, false, socket_);
  } else {
#if MUSUBI_POSIX_IPV6
    at.become_v6();
    at.port() = htons(where.port);
    opened = open_on(at, where.backlog, true, socket_);
#endif
    if (!opened.ok()) {
      at = {};
      at.become_v4();
      at.port() = htons(where.port);
      opened = open_on(at, where.backlog, false, socket_);
    }
  }
  at.size = sizeof at.bytes;
  if (!opened.ok() || sys::getsockname(socket_.get(), at.generic(), &at.size) != 0) {
    socket_.reset();
    return opened;
  }
  port_ = ntohs(at.port());
  return {};
}

std::size_t write_peer(int socket, std::span<char> into) noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  address peer;
  if (sys::getpeername(socket, peer.generic(), &peer.size) != 0) {
    out.raw(std::string_view("unknown"));
    return buffer.view().size();
  }
  char text[46] = "";
#if MUSUBI_POSIX_IPV6
  if (peer.family() == AF_INET6) {
    constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const auto* const bytes = reinterpret_cast<const unsigned char*>(&peer.v6().sin6_addr);
    if (std::memcmp(bytes, mapped, sizeof mapped) == 0) {  // IPv4 through a socket for both
      (void)sys::inet_ntop(AF_INET, bytes + sizeof mapped, text, sizeof text);
      out.raw(text);
    } else {
      (void)sys::inet_ntop(AF_INET6, bytes, text, sizeof text);
      out.raw('[');
      out.raw(text);
      out.raw(']');
    }
  }
#endif
  if (peer.family() == AF_INET) {
    (void)sys::inet_ntop(AF_INET, &peer.v4().sin_addr, text, sizeof text);
    out.raw(text);
  }
  out.raw(':');
  out.number(static_cast<unsigned>(ntohs(peer.port())));
  return buffer.view().size();
}

}  // namespace musubi::posix
