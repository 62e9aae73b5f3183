#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/websocket/internal/breach.hpp>

struct wslay_frame_context;

/// WebSocket frames (RFC 6455 section 5) as a server sees them.
namespace musubi::net::websocket {

/// RFC 6455 5.2; values 3-7 and 11-15 are reserved and never appear here.
enum class opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
};

/// True for close, ping and pong: never fragmented, at most `max_control_payload` bytes.
[[nodiscard]] constexpr bool is_control(opcode op) noexcept {
  return (static_cast<unsigned>(op) & 0x8u) != 0;
}

/// Longest header of a client's frame: 2 + 8 length bytes + 4 mask bytes.
inline constexpr std::size_t max_client_header = 14;
/// Longest header of a server's frame, which has no mask.
inline constexpr std::size_t max_server_header = 10;
/// RFC 6455 5.5.
inline constexpr std::size_t max_control_payload = 125;

inline constexpr std::size_t most_payload = SIZE_MAX - max_client_header;

/// What the header of a client's frame says.
struct frame_header {
  opcode op = opcode::continuation;
  bool fin = false;
  /// Bytes of the header, mask included: 6, 8 or 14.
  std::uint8_t size = 0;
  /// Bytes of the payload, below 2^63; with addresses of 32 bits at most `most_payload`, for what
  /// is longer.
  std::size_t payload = 0;

  /// Bytes of the whole frame.
  [[nodiscard]] constexpr std::size_t total() const noexcept { return size + payload; }
};

/// Outcome of `read_frame_header`.
struct header_outcome {
  enum class kind : std::uint8_t {
    need_more,  ///< the bytes end before the length of the frame is known
    complete,   ///< `header` is filled in; neither mask nor payload need be there yet
    violation,  ///< not a frame a client may send, for the reason `why`
  };
  kind status = kind::need_more;
  frame_header header;
  breach why = breach::none;

  /// The same as a violation.
  [[nodiscard]] constexpr header_outcome violated(breach reason) noexcept {
    status = kind::violation;
    why = reason;
    return *this;
  }
};

/// Reads and checks the header of a client's frame from the first bytes of `bytes`. Refuses, as
/// soon as the byte that shows it is there: reserved bits and opcodes, a missing mask, control
/// frames that are fragmented or longer than 125 bytes, lengths not written in the fewest bytes or
/// above 2^63 - 1. The declared length is known before the payload arrives, so an oversize frame
/// costs no buffer.
[[nodiscard]] header_outcome read_frame_header(std::span<const std::byte> bytes) noexcept;

/// Unmasks whole frames through wslay's frame reader. With MUSUBI_SMALL_CODE by a loop, since
/// `read_frame_header` has made every check that wslay makes: 1 KB of flash less.
///
/// One per host, not per connection: the wslay context holds a 4 KiB input buffer, and since it is
/// only ever given complete frames that `read_frame_header` has accepted, it is at a frame boundary
/// after every call and keeps nothing between connections. Those checks cover each reason for which
/// wslay could stop in the middle of a frame (it has no reset).
///
/// Allocates once, in the constructor. Not re-entrant; use from one thread.
class frame_decoder {
 public:
  frame_decoder() noexcept;
  ~frame_decoder();
  frame_decoder(const frame_decoder&) = delete;
  frame_decoder& operator=(const frame_decoder&) = delete;

  /// False when the constructor found no memory; `decode` then always fails.
  [[nodiscard]] bool valid() const noexcept { return !short_ways || context_ != nullptr; }

  /// Writes the unmasked payload of `frame`, which is exactly the `header.total()` bytes that
  /// `header` was read from, to `destination`. The destination may overlap the frame as long as it
  /// does not begin behind the payload: in place (`frame.data() + header.size`) or further down.
  /// False when wslay and `header` disagree or the decoder is not valid: an internal error, which
  /// makes the decoder invalid.
  [[nodiscard]] bool decode(const frame_header& header, std::span<const std::byte> frame,
                            std::byte* destination) noexcept;

 private:
  bool receive(const frame_header& header, std::byte* destination) noexcept;

  wslay_frame_context* context_ = nullptr;
  std::span<const std::byte> input_;  // what wslay has not taken yet; empty between calls
};

/// Bytes of the header of a server's frame with `length` payload bytes: 2, 4 or 10.
[[nodiscard]] constexpr std::size_t server_header_size(std::uint64_t length) noexcept {
  return length < 126 ? 2 : length < 65536 ? 4 : 10;
}

/// Writes the header of a server's (unmasked) frame and returns its size. `length` is below 2^63,
/// and at most 125 with `fin` for a control opcode; that is the caller's promise.
std::size_t write_frame_header(std::span<std::byte, max_server_header> out, opcode op, bool fin,
                               std::uint64_t length) noexcept;

}  // namespace musubi::net::websocket
