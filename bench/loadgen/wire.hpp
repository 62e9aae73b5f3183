#pragma once
/// The client's side of the wire: WebSocket frames (RFC 6455) and the commands inside.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loadgen {

/// The upgrade request for `path`. Every client uses the key of RFC 6455's example.
[[nodiscard]] std::string upgrade_request(std::uint16_t port, std::string_view path);

/// What the upgrade was answered with.
enum class upgrade_answer : std::uint8_t { incomplete, accepted, refused };
/// Looks at the answer at the start of `received`; `size` becomes its length when accepted.
[[nodiscard]] upgrade_answer read_upgrade(std::string_view received, std::size_t& size);

/// First byte of a whole frame.
enum class frame_kind : unsigned char { text = 0x81, binary = 0x82, close = 0x88 };

/// Appends `payload` as one masked frame; it is shorter than 65536.
void append_frame(std::string& out, std::string_view payload, frame_kind kind = frame_kind::text);

/// One frame of the server's.
struct server_frame {
  frame_kind kind;
  std::string_view payload;
};
/// Takes one frame from the start of `received`; false while none is whole. Fragments, masks and
/// lengths of eight bytes have no place in these workloads: they end the program.
[[nodiscard]] bool take_frame(std::string_view& received, server_frame& into);

}  // namespace loadgen
