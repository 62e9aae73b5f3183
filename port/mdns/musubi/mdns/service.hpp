#pragma once
/// What is announced.

#include <string_view>

namespace musubi::mdns {

/// What others find on the network. The views are copied.
struct service {
  /// The name that people see; at most 63 bytes, the rest is cut off. Empty: that of the machine.
  std::string_view name = {};
  /// What a page compares with its own to know whether it is current (`host_options::build`).
  std::string_view build = {};
  /// `host_options::socket_path`
  std::string_view socket_path = "/socket";
  /// Announce also a host to which only this machine can connect, to this machine.
  bool on_loopback = false;
};

}  // namespace musubi::mdns
