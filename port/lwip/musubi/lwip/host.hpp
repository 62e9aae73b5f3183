#pragma once
/// A microcontroller's host: everything static, sized when compiling.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <cstdint>
#include <lwip/netif.h>

#include <musubi/host/host.hpp>
#include <musubi/lwip/loop.hpp>

namespace musubi::lwip {

/// Hosts the roots of `Socket` within `Limits`, a constant with static storage. Make one, with
/// static storage, after `lwip_init` and the network interface:
///
///     constexpr musubi::limits small{...};
///     static musubi::lwip::host<thermostat_socket, small> host(board, {.port = 80});
///     host.run();
///
/// `sizeof` it is all the memory that the runtime and the application's pages will ever use; lwIP's
/// own is in lwipopts.h. It is never destroyed, so its destructor costs nothing.
template <class Socket, const limits& Limits>
class host {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

  static_assert(Limits.violation().empty(),
                "musubi: a relation between limits does not hold; limits::violation() says which");

 public:
  struct options {
    std::uint16_t port = 80;
    /// Paths, origins and the like. An empty `device_name` is the network interface's hostname,
    /// where lwIP is built with it (LWIP_NETIF_HOSTNAME).
    host_options serve = {};
  };
  /// Connections that may wait in lwIP while the host has no room for another request.
  static constexpr std::uint8_t backlog = 2;
  /// Streams of which each needs a connection of lwIP's: MEMP_NUM_TCP_PCB is this and a few more,
  /// for those that are closing.
  static constexpr std::size_t streams = Limits.connections + Limits.requests + backlog;
  static constexpr std::size_t host_bytes = basic_host<Socket>::bytes(Limits);
  static constexpr std::size_t stream_bytes = loop::bytes(streams);

  explicit host(board& hardware, const options& chosen = {}) noexcept {
    auto* events =
        new (static_cast<void*>(&parts_.loop_at)) loop(hardware, streams, stream_memory_);
    auto* typed = new (static_cast<void*>(&parts_.host_at))
        basic_host<Socket>(*events, Limits, named(chosen.serve), host_memory_);
    problem_ = events->listen(typed->core(), chosen.port, backlog);
  }
  host(const host&) = delete;
  host& operator=(const host&) = delete;

  /// Why it cannot serve: lwIP was given too little. Known at the first start of a new build.
  [[nodiscard]] const status& problem() const noexcept { return problem_; }
  void assets(const net::http::asset_table& table) noexcept { core().assets(table); }
  /// Runs a coroutine beside the clients.
  status spawn(task<>&& work) noexcept { return typed().spawn(std::move(work)); }
  [[nodiscard]] host_core& core() noexcept { return typed().core(); }
  [[nodiscard]] loop& events() noexcept {
    return *std::launder(reinterpret_cast<loop*>(&parts_.loop_at));
  }
  /// Serves until `events().stop()` and the last client has gone: for most firmware, for ever.
  void run() noexcept { events().run(); }

 private:
  [[nodiscard]] static host_options named(host_options serve) noexcept {
#if LWIP_NETIF_HOSTNAME
    if (serve.device_name.empty() && netif_default != nullptr &&
        netif_default->hostname != nullptr) {
      serve.device_name = netif_default->hostname;
    }
#endif
    return serve;
  }
  [[nodiscard]] basic_host<Socket>& typed() noexcept {
    return *std::launder(reinterpret_cast<basic_host<Socket>*>(&parts_.host_at));
  }

  struct {
    alignas(loop) std::byte loop_at[sizeof(loop)];
    alignas(basic_host<Socket>) std::byte host_at[sizeof(basic_host<Socket>)];
  } parts_;
  alignas(std::max_align_t) std::byte stream_memory_[stream_bytes];
  alignas(std::max_align_t) std::byte host_memory_[host_bytes];
  status problem_;
};

}  // namespace musubi::lwip
