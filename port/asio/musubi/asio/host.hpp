#pragma once
/// A gateway's host: Asio's sockets, one thread a core.

#include <musubi/mistake/all.hpp>

#include <asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <musubi/asio/command_line.hpp>
#include <musubi/asio/listener.hpp>
#include <musubi/asio/loop.hpp>
#include <musubi/asio/options.hpp>
#include <musubi/host/host.hpp>
#include <musubi/hosted/descriptors.hpp>
#include <musubi/hosted/listening_addresses.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::asio {

/// Hosts the roots of `Socket`. All memory is taken by the constructor: `run` allocates nothing.
template <class Socket>
class host {
  static_assert(musubi::detail::tell(musubi::detail::mistakes_of_socket<Socket>()));

 public:
  explicit host(options chosen = {}) : options_(std::move(chosen)), log_(options_.log_level) {
#if defined(MUSUBI_TELEMETRY)
    if (options_.serve.listener == nullptr) options_.serve.listener = &log_;
#endif
    if (const std::string_view broken = options_.limits.violation(); !broken.empty()) {
      problem_ = broken;
      return;
    }
    const unsigned cores = options_.cores == 0 ? 1 : options_.cores;
    const std::uint64_t needed = hosted::descriptors_for(options_.limits, cores);
    if (const std::uint64_t allowed = hosted::allow_descriptors(needed); allowed < needed) {
      problem_ = "limits: connections + handshakes need " + std::to_string(needed) +
                 " descriptors, but this process may have " + std::to_string(allowed) +
                 " (RLIMIT_NOFILE)";
      return;
    }
    if (const auto wrong = options_.serve.proxies.malformed(); !wrong.empty()) {
      problem_ = "proxies: \"" + std::string(wrong) + "\" is not an address or a network";
      return;
    }
    listen_address address{options_.bind, options_.port, options_.unix_path};
    listener_ = open_listener(address);
    if (options_.serve.device_name.empty() && !is_local()) {
      device_name_ = own_name();
      options_.serve.device_name = device_name_;
    }
    if (listener_.error) {
      problem_ = "cannot listen on " + where() + ": " + reason_of(listener_);
      return;
    }
    for (unsigned i = 0; i < cores; ++i) {
      units_.push_back(std::make_unique<unit>(options_));
    }
    if (units_.size() > 1 && can_share(address)) {
      // the first socket found the address free; now one for each core, so that the system spreads
      // the clients: with one for all, whoever wakes first takes them all
      address.port = listener_.port;
      address.shared = true;
      close_listener(listener_, address);
      listener_.socket = -1;
      for (const auto& each : units_) {
        const listener own = open_listener(address);
        if (own.error) {
          problem_ = "cannot listen on " + where() + ": " + reason_of(own);
          return;
        }
        each->events.listen(own.socket, own.family, each->typed.core());
      }
    } else {
      for (const auto& each : units_) {
        each->events.listen(duplicate(listener_), listener_.family, each->typed.core());
      }
    }
    if (!units_.empty()) units_.front()->typed.core().loop().make_current();
  }
  ~host() {
    close_listener(listener_, {options_.bind, options_.port, options_.unix_path});
  }
  host(const host&) = delete;
  host& operator=(const host&) = delete;

  /// Why it will not run: a limit that does not hold, an address in use. Empty when it will.
  [[nodiscard]] const std::string& problem() const noexcept {
    return problem_;
  }
  /// The port it got, should 0 have been asked for.
  [[nodiscard]] std::uint16_t port() const noexcept {
    return listener_.port;
  }
  /// Serves these files.
  void assets(const net::http::asset_table& table) {
    for (const auto& each : units_) each->typed.core().assets(table);
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
  /// The untyped half of one core's host, for its figures; on that core's thread only.
  [[nodiscard]] host_core& core(std::size_t index = 0) {
    return units_[index]->typed.core();
  }

  /// The host's own log, for lines of the application: from any thread.
  [[nodiscard]] musubi::log& log() noexcept {
    return log_;
  }

  /// Serves until `stop` or a signal. Answers a program's exit code: 0, or 1 with the problem in
  /// the log.
  int run() {
    if (!problem_.empty()) {
      standard_error().write(musubi::log_level::error, problem_);
      return 1;
    }
    signal_watch signals(*this);
    tell_listening();  // from now on a signal ends the program in order
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < units_.size(); ++i) {
      others.emplace_back([each = units_[i].get()] { each->events.run(); });
    }
    units_.front()->events.run();
    for (std::thread& each : others) each.join();
    return 0;
  }
  /// From any thread: ends `run` in order. Clients are told to come back.
  void stop() noexcept {
    for (const auto& each : units_) each->events.stop();
  }

 private:
  struct unit {
    explicit unit(const options& chosen)
        : events(chosen.limits.connections + chosen.limits.handshakes + 1),
          memory(new std::byte[basic_host<Socket, peer_table>::bytes(chosen.limits,
                                                                     chosen.serve.endpoints)]),
          typed(events, chosen.limits, chosen.serve, memory.get()) {}
    loop events;
    std::unique_ptr<std::byte[]> memory;  // untouched, it stays the system's
    basic_host<Socket, peer_table> typed;
  };

  /// Signals have a thread of their own, since a handler may do next to nothing.
  class signal_watch {
   public:
    explicit signal_watch(host& owner) : owner_(owner) {
      if (!owner.options_.handle_signals) return;
      signals_.add(SIGINT);
      signals_.add(SIGTERM);
      wait();
      thread_ = std::thread([this] { context_.run(); });
    }
    ~signal_watch() {
      context_.stop();
      if (thread_.joinable()) thread_.join();
    }

   private:
    void wait() {
      signals_.async_wait([this](const ::asio::error_code& error, int) {
        if (error) return;
        if (std::exchange(asked_, true)) std::_Exit(1);
        owner_.stop();
        wait();
      });
    }
    host& owner_;
    ::asio::io_context context_{1};
    ::asio::signal_set signals_{context_};
    std::thread thread_;
    bool asked_ = false;
  };

  void tell_listening() noexcept {
    telemetry* const to = units_.front()->typed.core().listener();
    if (to == nullptr) return;
    if (options_.unix_path.empty()) {
      to->on_listening({hosted::listening_addresses(options_.bind, port()).view()});
    } else {
      to->on_listening({hosted::listening_addresses(options_.unix_path).view()});
    }
  }

  /// Only this machine can connect.
  [[nodiscard]] bool is_local() const {
    return options_.unix_path.empty() && net::is_loopback_address(options_.bind);
  }
  [[nodiscard]] std::string where() const {
    if (!options_.unix_path.empty()) return options_.unix_path;
    return options_.bind + ":" + std::to_string(options_.port);
  }

  options options_;
  musubi::log log_;
  std::string device_name_;  // kept for the hosts
  listener listener_;
  std::string problem_;
  std::vector<std::unique_ptr<unit>> units_;
};

}  // namespace musubi::asio
