#pragma once
/// A host that uses BSD sockets, in fixed memory.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/host/host_front.hpp>
#include <musubi/musubi.hpp>
#include <musubi/net/http/internal/host_url.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/posix/loop.hpp>

namespace musubi::posix {

/// The options of a host. Every member has a default.
struct options {
  /// Address to listen on; the default is reachable from this machine only. Use `everywhere` on a
  /// device. Only the constructor reads it.
  std::string_view bind = "127.0.0.1";
  std::uint16_t port = 4000;
  /// Paths, origins and the like.
  host_options serve = {};
  /// The source of random bytes; by default the system's. Required on a system that has none.
  entropy_source entropy = sys::entropy;
  /// What stands between the sockets and the host: a `musubi::tls::front` serves https and wss on a
  /// system with OpenSSL. Must outlive the host. Null: nothing.
  host_front* front = nullptr;
};

/// Serves the roots of `Socket` in memory provided by the caller, with limits chosen at run time.
/// `stop` may also be called from a signal handler.
template <class Socket>
class host_in : public single_host_facade<host_in<Socket>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

 public:
  using socket_type = Socket;

  /// The bytes of memory needed for `sizes`.
  [[nodiscard]] static constexpr std::size_t bytes(const limits& sizes,
                                                   const options& chosen = {}) noexcept {
    return host_bytes(sizes, chosen) + loop::bytes(streams(sizes));
  }

  /// `memory` must have at least `bytes(sizes, chosen)` bytes, be aligned for any type, and outlive
  /// the host.
  host_in(const limits& sizes, std::span<std::byte> memory, const options& chosen = {}) noexcept {
    this->has_problem(start(sizes, memory, chosen));
  }

  /// The actual port, which matters if port 0 was requested.
  [[nodiscard]] std::uint16_t port() const noexcept { return loop_ ? loop_->port() : 0; }
  /// Call only without a `problem`.
  [[nodiscard]] loop& events() noexcept { return *loop_; }

 private:
  friend host_facade<host_in>;
  friend single_host_facade<host_in>;

  [[nodiscard]] auto* first_host() noexcept { return &*typed_; }
  void announce() noexcept {
#if defined(MUSUBI_TELEMETRY)
    if (telemetry* const to = typed_->core().listener()) {
      const std::string_view addresses[] = {url_};
      to->on_listening({addresses});
    }
#endif
  }
  /// Creates the loop and the host, and listens. Returns why it cannot, or nothing.
  [[nodiscard]] std::string_view start(const limits& sizes, std::span<std::byte> memory,
                                       const options& chosen) noexcept {
    if (const std::string_view broken = sizes.violation(); !broken.empty()) return broken;
    if (!chosen.serve.proxies.malformed().empty()) {
      return "proxies: one of them is not an address or a network";
    }
    if (chosen.front != nullptr && !chosen.front->problem().empty()) {
      return chosen.front->problem();
    }
    if (!sys::room_for_sockets(streams(sizes))) return sys::no_room_for_sockets;
    if (memory.size() < bytes(sizes, chosen)) {
      return "the memory given is smaller than host_in::bytes requires";
    }
    loop_.emplace(streams(sizes), memory.data() + host_bytes(sizes, chosen), chosen.entropy);
    host_options serve = chosen.serve;
    if (serve.device_name.empty() && !net::is_loopback_address(chosen.bind)) {
      serve.device_name = sys::own_name(device_name_);
    }
    runtime* const other = runtime::current();
    typed_.emplace(*loop_, sizes, serve, memory.data());
    if (chosen.front != nullptr) front_.place(*chosen.front, typed_->core(), *loop_);
    const status listens = loop_->listen(front_.before(typed_->core()), {chosen.bind, chosen.port});
    if (!listens.ok()) {
      if (other != nullptr) other->make_current();
      return listens.literal_reason();
    }
    typed_->core().loop().make_current();
#if defined(MUSUBI_TELEMETRY)
    url_ =
        net::host_url_of(chosen.bind == everywhere ? "0.0.0.0" : chosen.bind, port(),
                         chosen.front != nullptr ? chosen.front->scheme() : net::url_scheme::http);
#endif
    return {};
  }
  static constexpr std::size_t streams(const limits& sizes) noexcept {
    return std::size_t{sizes.connections} + sizes.requests + 1;
  }
  /// Rounded up, so that the loop's memory after it is aligned for any type.
  static constexpr std::size_t host_bytes(const limits& sizes, const options& chosen) noexcept {
    carver measure;
    (void)measure.take(basic_host<Socket, peer_table>::bytes(sizes, chosen.serve.endpoints));
    (void)measure.take(0);
    return measure.used();
  }

#if defined(MUSUBI_TELEMETRY)
  net::host_url url_;
#endif
  char device_name_[65];  // Linux's longest host name; the host refers to it
  std::optional<loop> loop_;
  placed_front front_;
  std::optional<basic_host<Socket, peer_table>> typed_;
};

namespace detail {
template <std::size_t Bytes>
struct memory_of {
  alignas(std::max_align_t) std::byte bytes_[Bytes];
};
}  // namespace detail

/// A `host_in` that contains its memory, sized at compile time by `Limits`, a constant with static
/// storage. Give the host static storage too, so that the linker checks that it fits:
///
///     constexpr musubi::limits small{...};
///     static musubi::posix::host<thermostat_socket, small> host(
///         {.bind = musubi::posix::everywhere});
///     return host.run();
///
/// The runtime and the application's pages never use more than its `sizeof`. The system provides
/// the network's own memory.
template <class Socket, const limits& Limits>
class host : private detail::memory_of<host_in<Socket>::bytes(Limits)>, public host_in<Socket> {
  static_assert(Limits.violation().empty(),
                "musubi: a relation between limits does not hold; limits::violation() says which");

 public:
  explicit host(const options& chosen = {}) noexcept
      : host_in<Socket>(Limits, this->bytes_, chosen) {}
};

}  // namespace musubi::posix
