#pragma once
/// The client's side of the wire: WebSocket frames (RFC 6455) with commands.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loadgen {

/// The upgrade request for `path`. Every client uses the key of RFC 6455's example.
[[nodiscard]] std::string upgrade_request(std::uint16_t port, std::string_view path);

/// The answer to the upgrade.
enum class upgrade_answer : std::uint8_t { incomplete, accepted, refused };
/// Parses the answer at the start of `received`; sets `size` to its length if it is complete.
[[nodiscard]] upgrade_answer read_upgrade(std::string_view received, std::size_t& size);

/// The first byte of an unfragmented frame.
enum class frame_kind : unsigned char { text = 0x81, binary = 0x82, close = 0x88 };

/// Appends `payload`, of less than 65536 bytes, as one masked frame.
void append_frame(std::string& out, std::string_view payload, frame_kind kind = frame_kind::text);

/// One frame from the server.
struct server_frame {
  frame_kind kind;
  std::string_view payload;
};
/// Removes one frame from the start of `received`; returns false if it is incomplete. Fragments,
/// masks and lengths of eight bytes do not occur in these workloads, and end the program.
[[nodiscard]] bool take_frame(std::string_view& received, server_frame& into);

}  // namespace loadgen
