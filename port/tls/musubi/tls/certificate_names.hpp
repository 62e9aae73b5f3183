#pragma once
/// The names for which a host makes a certificate of its own.

#include <string>
#include <vector>

namespace musubi::tls {

/// Where a host is found.
struct host_names {
  std::string bind = "127.0.0.1";         ///< the address that it listens on; empty: a Unix socket
  std::string device_name = {};           ///< empty: the machine's
  std::vector<std::string> further = {};  ///< as in `host_options::allowed_hosts`
  std::string found_as = {};              ///< the name by which others find the machine, if they do
};

/// Names and addresses at which browsers reach it now, `localhost` and loopback included, each
/// once. What is neither is left out.
[[nodiscard]] std::vector<std::string> certificate_names(const host_names& of);

}  // namespace musubi::tls
