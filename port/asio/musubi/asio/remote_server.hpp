#pragma once
/// Connections of a gateway, or of a program that serves nothing, to other Musubi servers.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <musubi/asio/server.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/net/connector.hpp>
#include <musubi/remote/remote.hpp>

namespace musubi::asio {

class loop;

/// Runs remote servers without serving anything itself: the loop of a program that is a client.
class client_loop {
 public:
  /// `connections`: most at once.
  explicit client_loop(std::size_t connections = 1);
  ~client_loop();
  client_loop(const client_loop&) = delete;
  client_loop& operator=(const client_loop&) = delete;

  /// Runs on the calling thread until `stop`.
  void run();
  /// Ends `run`. Call from any thread, or from what `run` runs.
  void stop() noexcept;
  [[nodiscard]] runtime& host() noexcept;
  /// For the port.
  [[nodiscard]] asio::loop& events() noexcept;

 private:
  struct unit;
  std::unique_ptr<unit> unit_;
};

/// What a `remote_server` is told besides its URL.
struct remote_options {
  /// A secret that the server asks for; it is not put into the URL.
  std::string token = {};
  /// How long a connection, a join and a command wait for their answer.
  duration timeout = std::chrono::seconds(10);
  /// How often the server is asked whether it is still there (`remote_address::heartbeat`).
  duration heartbeat = std::chrono::seconds(30);
  /// For wss: a PEM file with the authorities that may sign the server's certificate. Empty: those
  /// of the system.
  std::string authorities = {};
  remote_limits limits = {};
};

/// A server elsewhere, by its URL, ws or wss, on the loop of a host or of a `client_loop`, which
/// must outlive it. The constructor allocates all memory, and looks up the host's name, which may
/// take seconds: a name is looked up once.
///
///     musubi::asio::remote_server cellar{host, "ws://192.0.2.7/socket"};
///     musubi::remote<thermostat> heating{cellar, "main"};
class remote_server {
 public:
  /// `host` needs a free one of its `options::remotes`.
  remote_server(server& host, std::string url, remote_options chosen = {});
  remote_server(client_loop& host, std::string url, remote_options chosen = {});
  ~remote_server();
  remote_server(const remote_server&) = delete;
  remote_server& operator=(const remote_server&) = delete;

  /// Why it cannot connect at all: an invalid URL, an unknown host, a file of authorities that
  /// cannot be used. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept;
  /// The connection, for `musubi::remote` and `musubi::remote_root`. With a problem it never opens.
  [[nodiscard]] musubi::remote_server& connection() noexcept;
  operator musubi::remote_server&() noexcept { return connection(); }
  /// Opens streams to the same server, with TLS if the URL says so, for what is not asked over a
  /// WebSocket. Each counts as one of the host's `options::remotes`; with wss, one at a time.
  [[nodiscard]] net::connector& network() noexcept;

 private:
  struct unit;
  std::unique_ptr<unit> unit_;
};

}  // namespace musubi::asio
