#pragma once
/// Where a broker is, what it is told, and how much memory a link to it takes.

#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/async/clock.hpp>

namespace musubi::mqtt {

/// What a broker publishes, retained, when this link is lost; and what the link publishes there
/// whenever it is connected. Not used if `topic` is empty.
struct will {
  std::string_view topic = {};
  std::string_view offline = "offline";
  std::string_view online = "online";
};

/// The memory of one link, which is allocated when it is constructed.
struct link_limits {
  /// Watched values and topics that are shared. A further one is refused.
  std::uint32_t shares = 16;
  /// Values that are kept, so that each can be sent (again) when the broker is back: one for each
  /// retained topic. One that finds no room is dropped and counted.
  std::uint32_t values = 64;
  /// Bytes of a payload, sent or received. A longer one is dropped and counted.
  std::uint32_t payload_bytes = 4096;
  /// Bytes of messages of topics that wait for the broker. When they are used up, the oldest are
  /// dropped and counted.
  std::uint32_t waiting_bytes = 65536;
  /// Messages that were given to the broker and are not acknowledged yet. More of them are faster
  /// over a distance.
  std::uint32_t in_flight = 16;
  /// Bytes of messages that were received and wait for the host's thread. While half of them are
  /// used, nothing is read from the broker. Not used on boards, where lwIP's buffers wait.
  std::uint32_t received_bytes = 262144;
  /// Own messages of topics that are shared both ways and expected back at the same time. If there
  /// are more, one that the broker sends back may be taken for another program's.
  std::uint32_t echoes = 256;

  /// What is wrong with these limits, as a sentence; empty if nothing is.
  [[nodiscard]] constexpr std::string_view violation() const noexcept {
    if (shares == 0 || values == 0 || echoes == 0) {
      return "shares, values and echoes must not be 0";
    }
    if (in_flight == 0 || in_flight > 1000) return "in_flight must be from 1 to 1000";
    if (payload_bytes < 64) return "payload_bytes must be at least 64";
    if (waiting_bytes < payload_bytes + 512) {
      return "waiting_bytes must be at least payload_bytes + 512";
    }
    if (received_bytes / 4 < payload_bytes + 512) {
      return "received_bytes must be at least 4 * (payload_bytes + 512)";
    }
    return {};
  }
};

/// The views must outlive the link.
struct options {
  std::string_view host = "127.0.0.1";  ///< name or address
  std::uint16_t port = 0;               ///< 0: 1883, with TLS 8883
  /// Identifies this program at the broker. If another one connects with the same name, the broker
  /// ends the connection of the first.
  std::string_view client = {};
  std::string_view user = {};
  std::string_view password = {};  ///< never logged
  /// Speak TLS. The broker's certificate must name `host` and be of an authority that the system
  /// trusts, or of that in `ca_file`. On boards, a link refuses it.
  bool tls = false;
  /// A file with the certificate (PEM) of the authority that vouches for the broker; implies `tls`.
  std::string_view ca_file = {};
  mqtt::will will = {};
  /// The broker notices that this program is gone after one and a half times this; the link that
  /// the broker is, after once or twice. At least 5 seconds.
  duration keep_alive = std::chrono::seconds(20);
  /// How long the broker may take to accept a connection.
  duration timeout = std::chrono::seconds(10);
  link_limits limits = {};

  [[nodiscard]] constexpr bool speaks_tls() const noexcept { return tls || !ca_file.empty(); }
};

}  // namespace musubi::mqtt
