#pragma once
/// The limits of one connection to another server.

#include <cstdint>
#include <string_view>

namespace musubi {

/// All memory of a `remote_server` is allocated when it is constructed, by these. The defaults suit
/// a gateway; memory that is never written to takes no RAM there.
struct remote_limits {
  /// Roots mounted at once. A further one is refused: "roots".
  std::uint32_t roots = 4;
  /// Longest message of the server, in bytes. A longer one ends the connection, with this name.
  /// The first state of a root is one message.
  std::uint32_t message_bytes = 65536;
  /// Bytes that wait to be sent. A command that does not fit is refused: "outgoing_bytes".
  std::uint32_t outgoing_bytes = 16384;
  /// Commands that wait for their reply, of all roots. A further one is refused: "calls".
  std::uint32_t calls = 32;
  /// The state of one root with the items of its streams, as JSON. A larger one cannot be followed.
  std::uint32_t state_bytes = 65536;
  /// The same as a tree, while one envelope is applied: about 100 bytes a value on 64 bits.
  std::uint32_t tree_bytes = 1024 * 1024;

  /// The first relation between limits that does not hold, as a sentence; empty if all do.
  [[nodiscard]] constexpr std::string_view violation() const noexcept {
    if (roots == 0) return "remote_limits: roots must not be 0";
    if (message_bytes < 512) return "remote_limits: message_bytes must be at least 512";
    if (outgoing_bytes < 1024) return "remote_limits: outgoing_bytes must be at least 1024";
    if (state_bytes < 64) return "remote_limits: state_bytes must be at least 64";
    if (tree_bytes < 1024) return "remote_limits: tree_bytes must be at least 1024";
    return {};
  }
};

}  // namespace musubi
