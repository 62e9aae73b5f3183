#pragma once
/// What the TLS of a host has done, as numbers that only grow.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musubi::tls {

/// Why a connection has failed.
enum class failure : std::uint8_t {
  version,    ///< the client does not speak a version that this host accepts
  cipher,     ///< the client and this host have no cipher in common
  protocol,   ///< the client wants another protocol than HTTP/1.1
  untrusted,  ///< the client does not trust the certificate, or it is not for this name
  not_tls,    ///< neither TLS nor HTTP
  left,       ///< the client has gone during the handshake
  late,       ///< the host has ended it during the handshake: too slow, or no room
  memory,     ///< the TLS library had no memory
  record,     ///< a record is larger than the host's buffer; only boards have a smaller one
  violation,  ///< anything else that is not TLS as it should be
};
inline constexpr std::size_t failures = 10;

/// As in the metrics: "untrusted".
[[nodiscard]] std::string_view to_text(failure why) noexcept;
/// What a listener is told: "tls: untrusted".
[[nodiscard]] std::string_view dropped_because(failure why) noexcept;

/// Counters of one host; read on its thread.
struct counters {
  std::uint64_t tls_1_2 = 0;     ///< handshakes completed with this version
  std::uint64_t tls_1_3 = 0;     ///< handshakes completed with this version
  std::uint64_t resumed = 0;     ///< of them by a ticket, without a new key exchange's signature
  std::uint64_t redirected = 0;  ///< plain HTTP requests, answered with the address to ask
  std::uint64_t renegotiations = 0;  ///< refused
  std::array<std::uint64_t, failures> failed{};

  [[nodiscard]] std::uint64_t of(failure why) const noexcept {
    return failed[static_cast<std::size_t>(why)];
  }
};

}  // namespace musubi::tls
