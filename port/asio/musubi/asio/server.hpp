#pragma once
/// The untyped half of a gateway's host: addresses, loops, threads and signals.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/asio/options.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/hosted/listening_place.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/net/port.hpp>

namespace musubi::asio {

class loop;

/// The part of a host that does not depend on its socket type. Only its source includes Asio, whose
/// headers take longer to compile than this whole library.
class server {
 public:
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Why the host cannot run, as a sentence: invalid limits, an address in use. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept { return problem_; }
  /// The actual port, which matters if port 0 was requested.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// Where it listens, for what tells others of it. A view of this.
  [[nodiscard]] hosted::listening_place place() const noexcept;
  /// The untyped half of one core's host, for its metrics and its loop. Call only without a
  /// `problem`, and on the thread of that core.
  [[nodiscard]] host_core& core(std::size_t index = 0) noexcept;
  /// The loop of the thread that calls `run`. Call only without a `problem`. For the port.
  [[nodiscard]] loop& first_loop() noexcept;
  /// The host's own log, which the application may write to as well, from any thread.
  [[nodiscard]] musubi::log& log() noexcept { return log_; }

  /// Serves until `stop` or a signal, with the first core on the calling thread. Then stops the
  /// threads of `offload`, after they have run their `kept` work; a thread that hangs is abandoned
  /// after `worker_options::stop_timeout`. Returns an exit code: 0, or, without serving, 1 if there
  /// is a `problem`, which it writes to stderr.
  int run();
  /// Ends `run` in order: clients are told to reconnect later. Before `run`, makes the next `run`
  /// return immediately. Call from any thread.
  void stop() noexcept;
  /// Loads the certificate of `tls_options` again, as SIGHUP does; connections go on with the one
  /// that they began with. If it cannot be used, the log says why, and nothing changes. Call from
  /// any thread.
  void load_certificate();

 protected:
  /// Listens and creates a loop for each core, or sets `problem`.
  explicit server(options&& chosen);
  ~server();

  [[nodiscard]] const options& chosen() const noexcept { return options_; }
  /// Number of hosts to create: 0 if there is a problem.
  [[nodiscard]] std::size_t loops() const noexcept;
  [[nodiscard]] net::port& loop_of(std::size_t index) noexcept;
  /// Sets the host that a loop drives. Call for each loop, then `listen`.
  void drive(std::size_t index, host_core& host) noexcept;
  void listen();

 private:
  struct unit;
  struct system;
  struct naming;
  class signal_watch;

  [[nodiscard]] std::string check() const;
  [[nodiscard]] std::string open();
  [[nodiscard]] std::string open_tls();
  void renew_certificate_for(const std::string& name);
  [[nodiscard]] std::vector<std::string_view> served_names() const;
  void tell_listening() noexcept;
  [[nodiscard]] bool is_local() const;
  [[nodiscard]] std::string where() const;

  options options_;
  musubi::log log_;
  std::string device_name_;   // the hosts refer to it
  std::string device_local_;  // and its first label, with .local
  std::string problem_;
  system* system_;  // owned; std::unique_ptr would make every program compile all of <memory>
};

}  // namespace musubi::asio
