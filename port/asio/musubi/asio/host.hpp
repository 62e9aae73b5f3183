#pragma once
/// A gateway's host: Asio's sockets, one thread a core.

#include <musubi/mistake/all.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <musubi/asio/command_line.hpp>
#include <musubi/asio/options.hpp>
#include <musubi/asio/server.hpp>
#include <musubi/host/host.hpp>
#include <musubi/hosted/log.hpp>

namespace musubi::asio {

/// Hosts the roots of `Socket`. All memory is taken by the constructor: `run` allocates nothing.
template <class Socket>
class host : public server {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

 public:
  explicit host(options wanted = {}) : server(std::move(wanted)) {
    for (std::size_t i = 0; i < loops(); ++i) {
      units_.push_back(std::make_unique<unit>(loop_of(i), chosen()));
      drive(i, units_.back()->typed.core());
    }
    listen();
  }

  /// Runs a coroutine on the first core, beside the clients. Before `run` or on that core.
  status spawn(task<>&& work) {
    if (units_.empty()) return fail("the host has a problem");
    return units_.front()->typed.spawn(std::move(work));
  }
  /// Closes every connection of the current core whose socket meets `condition`: when credentials
  /// change, say. From a handler or a task; a topic tells the other cores to do the same.
  template <class Condition>
  void disconnect_if(Condition&& condition) noexcept {
    for (const auto& each : units_) {
      if (&each->typed.core().loop() == runtime::current()) each->typed.disconnect_if(condition);
    }
  }

 private:
  struct unit {
    unit(net::port& events, const options& chosen)
        : memory(new std::byte[basic_host<Socket, peer_table>::bytes(chosen.limits,
                                                                     chosen.serve.endpoints)]),
          typed(events, chosen.limits, chosen.serve, memory.get()) {}
    std::unique_ptr<std::byte[]> memory;  // untouched, it stays the system's
    basic_host<Socket, peer_table> typed;
  };

  std::vector<std::unique_ptr<unit>> units_;
};

}  // namespace musubi::asio
