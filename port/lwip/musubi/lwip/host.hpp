#pragma once
/// The host of a microcontroller: all memory is static, its size known at compile time.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <cstdint>
#include <lwip/netif.h>

#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/host/host_front.hpp>
#include <musubi/lwip/loop.hpp>
#include <musubi/musubi.hpp>

namespace musubi::lwip {

/// Serves the roots of `Socket` within `Limits`, a constant with static storage. Define one, with
/// static storage, after `lwip_init` and after adding the network interface:
///
///     constexpr musubi::limits small{...};
///     static musubi::lwip::host<thermostat_socket, small> host(board, {.port = 80});
///     host.run();
///
/// The runtime and the application's pages never use more memory than its `sizeof`; lwipopts.h
/// sets lwIP's own. It is never destroyed, so no code for its destruction is linked. `run` serves
/// until `stop`, which most firmware never calls. `stop` and `post` may be called from interrupts.
template <class Socket, const limits& Limits>
class host : public single_host_facade<host<Socket, Limits>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

  static_assert(Limits.violation().empty(),
                "musubi: a relation between limits does not hold; limits::violation() says which");

 public:
  struct options {
    std::uint16_t port = 80;
    /// Paths, origins and the like. An empty `device_name` is replaced by the host name of the
    /// network interface, if lwIP is built with it (LWIP_NETIF_HOSTNAME).
    host_options serve = {};
  };
  /// Connections besides those that the host has room for: they wait in lwIP, or say nothing.
  static constexpr std::uint8_t backlog = 4;
  /// Most streams at once. Each needs a connection of lwIP: set MEMP_NUM_TCP_PCB to this, and one
  /// more for each connection of your own. Those that are closing give way to new ones.
  static constexpr std::size_t streams = Limits.connections + Limits.requests + backlog;
  static constexpr std::size_t host_bytes = basic_host<Socket>::bytes(Limits);
  static constexpr std::size_t stream_bytes = loop::bytes(streams);

  explicit host(board& hardware, const options& chosen = {}) noexcept
      : host(hardware, chosen, static_cast<host_front*>(nullptr)) {}
  /// With `front` between lwIP and the host, which must outlive it: a `musubi::mbedtls::front`
  /// serves https and wss. `problem` also says why that cannot.
  host(board& hardware, const options& chosen, host_front& front) noexcept
      : host(hardware, chosen, &front) {
    if (!front.problem().empty()) this->has_problem(front.problem());
  }

  [[nodiscard]] loop& events() noexcept {
    return *std::launder(reinterpret_cast<loop*>(&parts_.loop_at));
  }

 private:
  friend host_facade<host>;
  friend single_host_facade<host>;

  host(board& hardware, const options& chosen, host_front* front) noexcept {
    runtime* const other = runtime::current();
    auto* events =
        new (static_cast<void*>(&parts_.loop_at)) loop(hardware, streams, stream_memory_);
    auto* typed = new (static_cast<void*>(&parts_.host_at))
        basic_host<Socket>(*events, Limits, named(chosen.serve), host_memory_);
    net::service& first =
        front != nullptr ? front->put_before(typed->core(), *events) : typed->core();
    const status listens = events->listen(first, chosen.port);
    if (listens.ok()) return;
    this->has_problem(listens.literal_reason());
    if (other != nullptr) other->make_current();
  }
  [[nodiscard]] basic_host<Socket>* first_host() noexcept {
    return std::launder(reinterpret_cast<basic_host<Socket>*>(&parts_.host_at));
  }
#if LWIP_NETIF_HOSTNAME
  [[nodiscard]] static host_options named(host_options serve) noexcept {
    if (serve.device_name.empty() && netif_default != nullptr &&
        netif_default->hostname != nullptr) {
      serve.device_name = netif_default->hostname;
    }
    return serve;
  }
#else
  [[nodiscard]] static const host_options& named(const host_options& serve) noexcept {
    return serve;
  }
#endif

  struct {
    alignas(loop) std::byte loop_at[sizeof(loop)];
    alignas(basic_host<Socket>) std::byte host_at[sizeof(basic_host<Socket>)];
  } parts_;
  alignas(std::max_align_t) std::byte stream_memory_[stream_bytes];
  alignas(std::max_align_t) std::byte host_memory_[host_bytes];
};

}  // namespace musubi::lwip
