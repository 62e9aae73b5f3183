#include <cstring>
#include <netdb.h>
#include <optional>
#include <sys/socket.h>
#include <utility>

#include <musubi/asio/internal/loop.hpp>
#include <musubi/asio/remote_server.hpp>
#include <musubi/remote/internal/remote_url.hpp>
#if defined(MUSUBI_HAS_TLS)
#include <musubi/tls/connector.hpp>
#include <musubi/tls/memory.hpp>
#endif

namespace musubi::asio {

namespace {

/// Coroutines of a program that is only a client, on 64 bits.
constexpr frame_classes frames{{{256, 32}, {512, 32}, {1024, 16}, {4096, 8}}};

std::size_t bytes_of_frames() {
  carver measure;
  const frame_pools measured("", measure, frames);
  return measure.used();
}

#if defined(MUSUBI_HAS_TLS)
/// OpenSSL itself, and the authorities of a system, of which there are hundreds.
constexpr std::size_t library_and_authorities = std::size_t{8} << 20U;
#endif

}  // namespace

struct client_loop::unit final : net::service {
  explicit unit(std::size_t connections)
      : memory(new std::byte[bytes_of_frames()]),
        carve(memory.get()),
        events(connections),
        host(carve, frames, events) {
    host.make_current();
    host.advance(events.now());
    events.drive(*this);
  }
  virtual ~unit() = default;
  bool can_accept() const noexcept override { return false; }
  void accept(net::stream& fresh) noexcept override { fresh.close(); }
  runtime& loop() noexcept override { return host; }
  std::optional<time_point> poll() noexcept override { return host.poll(events.now()); }
  void stop() noexcept override { events.stopped(); }

  std::unique_ptr<std::byte[]> memory;
  carver carve;
  asio::loop events;
  runtime host;
};

client_loop::client_loop(std::size_t connections) : unit_(new unit(connections)) {}
client_loop::~client_loop() = default;

void client_loop::run() {
  unit_->events.run();
}
void client_loop::stop() noexcept {
  unit_->events.stop();
}
runtime& client_loop::host() noexcept {
  return unit_->host;
}
asio::loop& client_loop::events() noexcept {
  return unit_->events;
}

struct remote_server::unit final : net::connector {
  unit(asio::loop& on, runtime& host, std::string&& where, remote_options&& chosen)
      : events(on), url(std::move(where)), options(std::move(chosen)) {
    if (const std::string_view broken = options.limits.violation(); !broken.empty()) {
      problem = broken;
      options.limits = {};
    } else if (const std::string_view wrong = parts.read(url); !wrong.empty()) {
      problem = "\"" + url + "\": " + std::string(wrong);
    } else {
      look_up();
    }
    if (problem.empty() && parts.secure) problem = secure_by(host);
    if (!problem.empty()) size = 0;  // never without TLS
    memory.reset(new std::byte[musubi::remote_server::bytes(options.limits)]);
    connection = std::make_unique<musubi::remote_server>(
        host, network(),
        remote_address{parts.authority, parts.target, options.token, options.timeout,
                       options.heartbeat},
        options.limits, memory.get());
  }
  virtual ~unit() = default;

  void look_up() {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const std::string name(parts.name);
    const int error =
        ::getaddrinfo(name.c_str(), std::to_string(parts.port).c_str(), &wanted, &found);
    if (error != 0 || found == nullptr) {
      problem = name + ": " + ::gai_strerror(error);
      return;
    }
    size = found->ai_addrlen;
    std::memcpy(&address, found->ai_addr, size);
    ::freeaddrinfo(found);
  }

#if defined(MUSUBI_HAS_TLS)
  /// Puts TLS before the network; returns what is wrong.
  std::string secure_by(runtime& host) {
    // when OpenSSL was used before, its memory is the heap
    (void)region.reserve(tls::memory::bytes({.connections = 1, .handshakes = 1}) +
                         library_and_authorities);
    std::string wrong = trusted.load(options.authorities);
    if (wrong.empty()) secure.emplace(host, *this, trusted, std::string(parts.name));
    return wrong;
  }
  net::connector& network() noexcept {
    if (secure) return *secure;
    return *this;
  }
#else
  static std::string secure_by(runtime&) {
    return "tls: this build has none; install OpenSSL (libssl-dev) or configure with MUSUBI_TLS=ON";
  }
  net::connector& network() noexcept {
    return *this;
  }
#endif

  net::stream* open() noexcept override {
    if (size == 0) return nullptr;
    return events.connect(reinterpret_cast<const sockaddr&>(address), size);
  }
  void entropy(std::span<std::byte> into) noexcept override {
    events.entropy(into);
  }

  asio::loop& events;
  std::string url;
  remote_options options;
  remote_url parts;
  std::string problem;
  sockaddr_storage address{};
  socklen_t size = 0;
#if defined(MUSUBI_HAS_TLS)
  tls::memory region;
  tls::trust trusted;
  std::optional<tls::connector> secure;
#endif
  std::unique_ptr<std::byte[]> memory;  // not initialized: pages never written to take no RAM
  std::unique_ptr<musubi::remote_server> connection;
};

remote_server::remote_server(server& host, std::string url, remote_options chosen)
    : unit_(new unit(host.first_loop(), host.core().loop(), std::move(url), std::move(chosen))) {}
remote_server::remote_server(client_loop& host, std::string url, remote_options chosen)
    : unit_(new unit(host.events(), host.host(), std::move(url), std::move(chosen))) {}
remote_server::~remote_server() = default;

std::string_view remote_server::problem() const noexcept {
  return unit_->problem;
}
musubi::remote_server& remote_server::connection() noexcept {
  return *unit_->connection;
}
net::connector& remote_server::network() noexcept {
  return unit_->network();
}

}  // namespace musubi::asio
