#pragma once
/// The untyped half of a gateway's host: its addresses, loops, threads and signals.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <musubi/asio/options.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/net/asset.hpp>
#include <musubi/net/port.hpp>

namespace musubi::asio {

/// What a host does whatever its socket is. Asio is in its source only: its headers take longer to
/// compile than all of this library.
class server {
 public:
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Why it will not run: a limit that does not hold, an address in use. Empty when it will.
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  /// The port it got, should 0 have been asked for.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// Serves these files.
  void assets(const net::http::asset_table& table);
  /// The untyped half of one core's host, for its metrics; on that core's thread only.
  [[nodiscard]] host_core& core(std::size_t index = 0);
  /// The host's own log, for lines of the application: from any thread.
  [[nodiscard]] musubi::log& log() noexcept { return log_; }

  /// Serves until `stop` or a signal. Then ends the threads of `offload`, once they have done what
  /// is to be kept: one that hangs is left behind after `worker_options::stop_timeout`, so the
  /// program ends all the same. Answers a program's exit code: 0, or 1 with the problem in the log.
  int run();
  /// From any thread: ends `run` in order. Clients are told to come back.
  void stop() noexcept;

 protected:
  /// Finds the address free and makes a loop for each core, or has a problem.
  explicit server(options&& chosen);
  ~server();

  [[nodiscard]] const options& chosen() const noexcept { return options_; }
  /// As many as there are to be hosts: none when there is a problem.
  [[nodiscard]] std::size_t loops() const noexcept;
  [[nodiscard]] net::port& loop_of(std::size_t index) noexcept;
  /// The host that a loop drives. To be set for each, then `listen`.
  void drive(std::size_t index, host_core& host) noexcept;
  void listen();

 private:
  struct unit;
  struct system;
  class signal_watch;

  [[nodiscard]] std::string check() const;
  [[nodiscard]] std::string open();
  void tell_listening() noexcept;
  [[nodiscard]] bool is_local() const;
  [[nodiscard]] std::string where() const;

  options options_;
  musubi::log log_;
  std::string device_name_;  // kept for the hosts
  std::string problem_;
  std::unique_ptr<system> system_;
};

}  // namespace musubi::asio
