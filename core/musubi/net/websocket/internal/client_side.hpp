#pragma once

#include <cstddef>
#include <span>

#include <musubi/net/connector.hpp>
#include <musubi/net/websocket/internal/frame.hpp>

/// WebSocket frames (RFC 6455 section 5) as a client sees them.
namespace musubi::net::websocket {

/// Reads and checks the header of a server's frame, like `read_frame_header`: refuses a mask, and
/// everything that is refused there.
[[nodiscard]] header_outcome read_server_header(std::span<const std::byte> bytes) noexcept;

/// Writes a client's frames, each masked with fresh random bytes, through wslay.
///
/// Allocates once, in the constructor. wslay is only asked for whole frames that have room, so it
/// is at a frame boundary after every call. Not re-entrant; use from one thread.
class frame_writer {
 public:
  /// `random` must outlive it.
  explicit frame_writer(connector& random) noexcept;
  ~frame_writer();
  frame_writer(const frame_writer&) = delete;
  frame_writer& operator=(const frame_writer&) = delete;

  /// False when the constructor found no memory; `write` then always answers 0.
  [[nodiscard]] bool valid() const noexcept { return context_ != nullptr; }
  /// Writes one whole frame to `out`, and returns its size, or 0 if it does not fit. The payload
  /// may lie in `out`, `max_client_header` bytes behind its beginning or further.
  [[nodiscard]] std::size_t write(std::span<std::byte> out, opcode op,
                                  std::span<const std::byte> payload) noexcept;

 private:
  connector& random_;
  wslay_frame_context* context_ = nullptr;
  std::span<std::byte> room_;  // what wslay has not filled yet
};

}  // namespace musubi::net::websocket
