#pragma once
/// The host of a gateway: sockets by Asio, one thread for each core.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <list>
#include <utility>

#include <musubi/asio/command_line.hpp>
#include <musubi/asio/options.hpp>
#include <musubi/asio/server.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/host/host.hpp>
#include <musubi/host/host_facade.hpp>
#include <musubi/hosted/internal/untouched_memory.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/musubi.hpp>

namespace musubi::asio {

/// Serves the roots of `Socket`. The constructor allocates all memory; `run` allocates none.
/// Spawned and posted work runs on the first core, on the thread that calls `run`.
template <class Socket>
class host : public server, public host_facade<host<Socket>> {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));
  using typed = basic_host<Socket, peer_table>;

 public:
  using socket_type = Socket;

  explicit host(options wanted = {}) : server(std::move(wanted)) {
    for (std::size_t i = 0; i < loops(); ++i) {
      drive(i, units_.emplace_back(loop_of(i), chosen()).host.core());
    }
    listen();
  }

  using server::core;

 private:
  friend host_facade<host>;

  struct unit {
    unit(net::port& events, const options& chosen)
        : memory(typed::bytes(chosen.limits, chosen.serve.endpoints)),
          host(events, chosen.limits, chosen.serve, memory.begin()) {}
    hosted::untouched_memory memory;
    typed host;
  };

  [[nodiscard]] typed* first_host() noexcept { return &units_.front().host; }
  template <class Use>
  void each_host(Use&& use) noexcept {
    for (unit& each : units_) use(each.host);
  }
  /// The host of the calling thread; before `run`, the first.
  [[nodiscard]] typed* host_here() noexcept {
    for (unit& each : units_) {
      if (&each.host.core().loop() == runtime::current()) return &each.host;
    }
    return nullptr;
  }

  std::list<unit> units_;
};

}  // namespace musubi::asio
