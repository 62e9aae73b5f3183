#pragma once
/// The limits of a board's TLS.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/mbedtls/internal/block_sizes.hpp>

namespace musubi::mbedtls {

/// Content of the largest record that a client may send. Each connection has a buffer for one. A
/// larger record ends its connection with the alert `record_overflow`, counted as
/// `failure::record`. Set by MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES of CMake, because Mbed TLS is
/// compiled for it.
inline constexpr std::size_t received_record_bytes = MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES;
/// Content of the largest record that the board sends; longer output takes several. Each connection
/// has a buffer for one, which holds what the network has not taken yet. Set by
/// MUSUBI_MBEDTLS_SENT_RECORD_BYTES of CMake.
inline constexpr std::size_t sent_record_bytes = MUSUBI_MBEDTLS_SENT_RECORD_BYTES;

/// The limits of one guard.
struct sizes {
  /// Connections open at once, handshakes and clients that wait for theirs included. Further
  /// clients wait in the network's backlog. 0: what the host has room for, `limits::connections` +
  /// `limits::requests`.
  std::uint32_t connections = 0;
  /// How long a handshake may take while another client waits for its turn; then it ends, as
  /// `failure::late`. Without anybody who waits, `limits::head_timeout` ends it. Three fit into
  /// that.
  duration handshake_patience = std::chrono::seconds(3);

  [[nodiscard]] constexpr std::uint32_t connections_of(const limits& host) const noexcept {
    return connections != 0 ? connections : host.connections + host.requests;
  }
  /// Bytes of the region for Mbed TLS: for each connection, for the one handshake, and for
  /// certificate, key and settings.
  [[nodiscard]] constexpr std::size_t region_bytes(const limits& host) const noexcept {
    return connections_of(host) * detail::connection_bytes + detail::handshake_bytes +
           detail::identity_bytes;
  }
  /// The first inconsistency with the limits of the host, as a sentence; empty when there is none.
  [[nodiscard]] constexpr std::string_view violation(const limits& host) const noexcept {
    if (received_record_bytes < host.read_bytes) {
      return "mbedtls: received_record_bytes must be at least limits::read_bytes, because a "
             "browser sends a request head as one record";
    }
    if (received_record_bytes < host.large_bytes()) {
      return "mbedtls: received_record_bytes must be at least limits::message_bytes + 256, because "
             "a browser sends a message as one record";
    }
    if (handshake_patience < std::chrono::milliseconds(1) ||
        handshake_patience > host.head_timeout) {
      return "mbedtls: handshake_patience must be at least a millisecond and at most "
             "limits::head_timeout, which ends every handshake";
    }
    return {};
  }
};

static_assert(received_record_bytes >= 2048 && received_record_bytes <= 16384,
              "mbedtls: received_record_bytes must be from 2048 to 16384: the first record of a "
              "browser, its hello, has 2 KB");
static_assert(sent_record_bytes >= 1024 && sent_record_bytes <= 16384,
              "mbedtls: sent_record_bytes must be from 1024 to 16384: the certificate has to fit");

}  // namespace musubi::mbedtls
