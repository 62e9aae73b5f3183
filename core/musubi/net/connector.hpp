#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/net/stream.hpp>

/// The interface from port to core for connections that this program opens.
namespace musubi::net {

/// Opens streams to one server elsewhere. A decorator may stand between a connector and its user,
/// and open streams of another kind over those of the port.
class connector {
 public:
  /// Begins to connect, without waiting for it. Until the stream is open, `try_write` says
  /// `would_block`; `want_write` reports the moment when it is, or has failed: then `try_write`
  /// says `closed`. Null when the port has no stream, or the address is of no kind it knows.
  /// Host's thread only.
  [[nodiscard]] virtual stream* open() noexcept = 0;
  /// Fills `into` with cryptographically secure random bytes.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// Why the latest stream has ended, as a sentence, if more is known than that it has: what is
  /// wrong with the server's certificate, for instance. Valid until the next `open`.
  [[nodiscard]] virtual std::string_view why() const noexcept { return {}; }

 protected:
  ~connector() = default;
};

}  // namespace musubi::net
