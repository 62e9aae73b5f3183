#pragma once
/// The options of a host that speaks TLS by itself.

#include <cstdint>
#include <string>

namespace musubi {

/// Without any of them a host speaks plain HTTP. See docs/guides/tls.md.
struct tls_options {
  /// Whether to speak TLS. A plain HTTP request at the same port is then answered with a redirect.
  bool on = false;
  /// Without `certificate`: the folder in which the host keeps a certificate of its own, made at
  /// first start and again when its names and addresses change or it ends. Plain HTTP offers the
  /// authority that signed it, which browsers have to trust once, at `/ca.crt`.
  std::string folder = {};
  /// File with the certificate and those that lead to its root, in PEM, the host's own first.
  std::string certificate = {};
  /// File with its private key, in PEM, without a password.
  std::string key = {};
  /// Most connections of one core, handshakes included; further clients wait in the network's
  /// backlog. 0: all that the host has room for, `limits::connections` + `limits::requests`.
  std::uint32_t connections = 0;
  /// Handshakes of one core at once, which take most memory and time; further clients wait in the
  /// network's backlog, and the slowest handshake gives way to them. 0: `limits::requests`.
  std::uint32_t handshakes = 0;
  /// Whether OpenSSL gets its memory from a region that is allocated at start-up, instead of the
  /// heap. It has one memory for the whole process: turn this off in a program that has other uses
  /// for OpenSSL. What used it before this host's constructor has turned it off already.
  bool fixed_memory = true;
};

}  // namespace musubi
