#pragma once
/// The options of a gateway's host.

#include <cstdint>
#include <string>

#include <musubi/host/host_core.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/tls_options.hpp>
#include <musubi/hosted/worker_options.hpp>

namespace musubi::asio {

/// Every member has a default. `from_command_line` sets some of them from the command line.
struct options {
  /// IP address to listen on; the default is reachable from this machine only.
  std::string bind = "127.0.0.1";
  std::uint16_t port = 4000;
  /// If not empty, listen on a Unix socket at this path instead, for example behind a proxy.
  std::string unix_path = {};
  /// Number of threads. Each has its own host with its own pools, each of the size given by
  /// `limits`, and its own share of the clients. Topics reach all of them.
  unsigned cores = 1;
  musubi::limits limits = {};
  /// Threads that run the work given to `musubi::offload`, shared by all cores.
  worker_options offload = {};
  /// Most connections to other servers at once (`musubi::asio::remote_server`), on the first core.
  std::uint32_t remotes = 0;
  /// Paths, origins and the like.
  host_options serve = {};
  /// `{.on = true, .certificate = "device.crt", .key = "device.key"}` serves https and wss.
  tls_options tls = {};
  /// SIGINT and SIGTERM stop the host in order; a second one ends the program immediately.
  /// With TLS, SIGHUP loads the certificate again.
  bool handle_signals = true;
  /// The least severe level that the host's own log writes to stderr. A `serve.listener` replaces
  /// that log. See docs/logging.md.
  musubi::log_level log_level = musubi::log_level::notice;
};

}  // namespace musubi::asio
