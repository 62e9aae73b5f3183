#pragma once
/// A whole host in process: what a test of an application's stores, or of the host itself, runs.

#include <musubi/mistake/all.hpp>

#include <memory>

#include <musubi/host/host.hpp>
#include <musubi/memory_port/loop.hpp>

namespace musubi::memory_port {

/// What a host in process is made with.
struct options {
  musubi::limits limits = {};
  host_options serve = {};
  loop_sizes sizes = {};
};

/// Hosts the roots of `Socket`. `limits` must hold.
template <class Socket>
class host {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

 public:
  explicit host(const options& chosen = {})
      : events_(chosen.sizes),
        memory_(new std::byte[basic_host<Socket, peer_table>::bytes(chosen.limits,
                                                                    chosen.serve.endpoints)]),
        typed_(events_, chosen.limits, chosen.serve, memory_.get()) {
    events_.serve(typed_.core());
  }

  [[nodiscard]] loop& events() noexcept { return events_; }
  [[nodiscard]] basic_host<Socket, peer_table>& typed() noexcept { return typed_; }
  [[nodiscard]] host_core& core() noexcept { return typed_.core(); }
  [[nodiscard]] client connect(std::string_view from = {}) noexcept {
    return events_.connect(from);
  }
  /// See `loop::run` and `loop::run_for`.
  bool run() { return events_.run(); }
  bool run_for(duration span) { return events_.run_for(span); }
  void assets(const net::http::asset_table& table) { core().assets(table); }
  /// Runs a coroutine beside the clients.
  status spawn(task<>&& work) { return typed_.spawn(std::move(work)); }
  void stop() noexcept { events_.stop(); }

 private:
  loop events_;
  std::unique_ptr<std::byte[]> memory_;  // untouched, it stays the system's
  basic_host<Socket, peer_table> typed_;
};

}  // namespace musubi::memory_port
