#include <cstring>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/posix/listener.hpp>

namespace musubi::posix {

namespace {

/// The longest address as text, with its terminator: "ffff:" six times, "255.255.255.255".
constexpr std::size_t text_bytes = 46;

/// An address of either family.
struct address {
  union {
    sockaddr_storage any{};
    sockaddr generic;
    sockaddr_in v4;
#if MUSUBI_POSIX_IPV6
    sockaddr_in6 v6;
#endif
  };
  [[nodiscard]] int family() const noexcept {
    return generic.sa_family;
  }
#if MUSUBI_POSIX_IPV6
  [[nodiscard]] in_port_t& port() noexcept {
    return family() == AF_INET6 ? v6.sin6_port : v4.sin_port;
  }
  [[nodiscard]] unsigned char* bytes() noexcept {
    return family() == AF_INET6 ? v6.sin6_addr.s6_addr
                                : reinterpret_cast<unsigned char*>(&v4.sin_addr);
  }
  [[nodiscard]] socklen_t size() const noexcept {
    return family() == AF_INET6 ? sizeof v6 : sizeof v4;
  }
#else
  [[nodiscard]] in_port_t& port() noexcept {
    return v4.sin_port;
  }
  [[nodiscard]] unsigned char* bytes() noexcept {
    return reinterpret_cast<unsigned char*>(&v4.sin_addr);
  }
  [[nodiscard]] socklen_t size() const noexcept {
    return sizeof v4;
  }
#endif
};

#if MUSUBI_POSIX_IPV6
constexpr int families[] = {AF_INET6, AF_INET};  // an IPv6 socket can serve both
#else
constexpr int families[] = {AF_INET};
#endif

bool parse(std::string_view text, int family, address& into) noexcept {
  char ended[text_bytes] = {};
  if (text == everywhere) text = family == AF_INET ? "0.0.0.0" : "::";
  if (text.size() >= sizeof ended) return false;
  (void)text.copy(ended, text.size());
  into.generic.sa_family = static_cast<sa_family_t>(family);
  return sys::inet_pton(family, ended, into.bytes()) == 1;
}

status refusal() noexcept {
  if (sys::starved()) return {errc::exhausted, literal("this program has no descriptor left")};
  if (errno == EADDRINUSE) return fail("the port is in use");
  if (errno == EADDRNOTAVAIL) return fail("the address is not this machine's");
  if (errno == EACCES) return fail("this program may not listen on this port");
  return fail("the system refuses to listen there");
}

status listen_on(address& at, const listen_address& where, sys::descriptor& socket) noexcept {
  socket.reset(sys::socket(at.family(), SOCK_STREAM, 0));
  if (!socket) return refusal();
  const int yes = 1;
  // after a restart, connections of the last run may still be in TIME_WAIT
  (void)sys::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
#if MUSUBI_POSIX_IPV6
  const int no = 0;
  if (where.bind == everywhere && at.family() == AF_INET6 &&
      sys::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no) != 0) {
    return refusal();
  }
#endif
  if (sys::bind(socket.get(), &at.generic, at.size()) != 0 ||
      sys::listen(socket.get(), where.backlog) != 0 || !sys::never_blocks(socket.get())) {
    return refusal();
  }
  socklen_t size = sizeof at.any;
  return sys::getsockname(socket.get(), &at.generic, &size) == 0 ? status() : refusal();
}

}  // namespace

status listener::open(const listen_address& where) noexcept {
  status outcome = fail("not an IP address, or not of a family that this system has");
  for (const int family : families) {
    address at;
    if (!parse(where.bind, family, at)) continue;
    at.port() = htons(where.port);
    outcome = listen_on(at, where, socket_);
    port_ = ntohs(at.port());
    if (outcome.ok()) return outcome;
  }
  socket_.reset();
  return outcome;
}

std::size_t write_peer(int socket, std::span<char> into) noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  address peer;
  socklen_t size = sizeof peer.any;
  if (sys::getpeername(socket, &peer.generic, &size) != 0) {
    out.raw(std::string_view("unknown"));
    return buffer.view().size();
  }
  constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const unsigned char* bytes = peer.bytes();
  bool v4 = peer.family() == AF_INET;
  if (!v4 && std::memcmp(bytes, mapped, sizeof mapped) == 0) {
    bytes += sizeof mapped;  // IPv4, through a socket for both families
    v4 = true;
  }
  char text[text_bytes] = "";
  (void)sys::inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text, sizeof text);
  if (!v4) out.raw('[');
  out.raw(std::string_view(text));
  if (!v4) out.raw(']');
  out.raw(':');
  out.number(static_cast<unsigned>(ntohs(peer.port())));
  return buffer.view().size();
}

}  // namespace musubi::posix
