#pragma once
/// What a gateway's host is made with.

#include <cstdint>
#include <string>

#include <musubi/host/host_core.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/worker_options.hpp>

namespace musubi::asio {

/// Every member has a default. `from_command_line` sets some of them as the user of a program asks.
struct options {
  /// IP address to listen on; the default is reached from this machine only.
  std::string bind = "127.0.0.1";
  std::uint16_t port = 4000;
  /// A Unix socket instead, behind a proxy, say.
  std::string unix_path = {};
  /// Threads, each with a host of its own: its own pools, sized by `limits` each, and its own share
  /// of the clients. Topics reach all of them.
  unsigned cores = 1;
  musubi::limits limits = {};
  /// Threads for what `musubi::offload` is given, shared by all cores.
  worker_options offload = {};
  /// Paths, origins and the like.
  host_options serve = {};
  /// SIGINT and SIGTERM end `run` in order; a second one at once.
  bool handle_signals = true;
  /// The least level that the host's own log writes to stderr. With a `serve.listener` there is no
  /// such log. See docs/logging.md.
  musubi::log_level log_level = musubi::log_level::notice;
};

}  // namespace musubi::asio
