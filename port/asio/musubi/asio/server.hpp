#pragma once
/// The untyped half of a gateway's host: its addresses, loops, threads and signals.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <musubi/asio/options.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/net/port.hpp>

namespace musubi::asio {

/// What a host does whatever its socket is. Asio is in its source only: its headers take longer to
/// compile than all of this library.
class server {
 public:
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Why it will not run: a limit that does not hold, an address in use. Empty when it will.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// The port it got, should 0 have been asked for.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// The untyped half of one core's host, for its metrics and its loop. Only without a problem, and
  /// on that core's thread.
  [[nodiscard]] host_core& core(std::size_t index = 0) noexcept;
  /// The host's own log, for lines of the application: from any thread.
  [[nodiscard]] musubi::log& log() noexcept { return log_; }

  /// Serves until `stop` or a signal, the first core on the calling thread. Then ends the threads
  /// of `offload`, once they have done what is to be kept: one that hangs is left behind after
  /// `worker_options::stop_timeout`, so the program ends all the same. Answers a program's exit
  /// code: 0, or 1 at once when there is a problem, which is written to stderr.
  int run();
  /// Ends `run` in order, or the next one at once: clients are told to come back. From any thread.
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
  system* system_;  // its own; a std::unique_ptr would bring all of <memory> to every program
};

}  // namespace musubi::asio
