#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/memory/internal/left_out.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/net/websocket/internal/frame.hpp>

/// WebSocket messages (RFC 6455 sections 5.4 to 7.4): what a connection makes of its bytes.
namespace musubi::net::websocket {

/// Close codes this project sends (RFC 6455 7.4.1 and the IANA registry).
namespace close_code {
inline constexpr std::uint16_t normal = 1000;
inline constexpr std::uint16_t going_away = 1001;
inline constexpr std::uint16_t protocol_error = 1002;
inline constexpr std::uint16_t none = 1005;  ///< never on the wire: the close had no code
inline constexpr std::uint16_t invalid_text = 1007;
inline constexpr std::uint16_t policy = 1008;
inline constexpr std::uint16_t too_big = 1009;
inline constexpr std::uint16_t internal_error = 1011;
inline constexpr std::uint16_t try_again_later = 1013;
}  // namespace close_code

/// True for a code that a peer may put in a close frame: 1000-1003, 1007-1014 and 3000-4999.
[[nodiscard]] constexpr bool may_be_received(std::uint16_t code) noexcept {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

/// What `message_assembler::next` found.
struct event {
  enum class kind : std::uint8_t {
    need_more,         ///< nothing whole is left; read more bytes (see `need`)
    paused,            ///< `frames` is used up; call again before reading more
    text,              ///< a whole message of well-formed UTF-8
    binary,            ///< a whole message
    oversized_text,    ///< longer than the limit: `payload` is how it begins, the rest is skipped
    oversized_binary,  ///< the same of a binary message
    ping,              ///< answer with a pong that carries `payload`
    pong,              ///< unsolicited or an answer to our ping
    close,      ///< `code` (`close_code::none` if absent), `payload` is the reason; echo and close
    violation,  ///< close with `code` and `reason`
  };
  kind what = kind::need_more;
  std::uint16_t code = 0;
  /// Into the caller's buffer, writable, valid until the next call of `next` or change of the
  /// buffer.
  std::span<std::byte> payload;
  /// Of a violation: short, static, ASCII, fit to be sent as the close reason.
  std::string_view reason;
  /// Of need_more: bytes the buffer must have for the frame under way to become whole; a larger
  /// buffer is needed if this exceeds its size. Zero after the end of the connection.
  std::size_t need = 0;

  /// The payload as characters.
  [[nodiscard]] std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(payload.data()), payload.size()};
  }
  /// The same, to be decoded in place.
  [[nodiscard]] std::span<char> writable_text() const noexcept {
    return {reinterpret_cast<char*>(payload.data()), payload.size()};
  }
};

/// Size of a receive buffer that holds any legal sequence of frames of messages up to `limit`
/// bytes: a message all but complete, and a control frame in between or the header of its last
/// fragment.
[[nodiscard]] constexpr std::size_t receive_buffer_size(std::size_t limit) noexcept {
  return limit + 6 + max_control_payload;
}

/// Of a message above the limit, how much its owner is shown: enough to tell whom it is for.
inline constexpr std::size_t oversized_head = 512;

/// The longest frame of such a message that is skipped: a photograph in the wrong place. One that
/// announces more is a violation at once (1009), rather than megabytes later.
inline constexpr std::uint64_t longest_skipped = std::uint64_t{16} << 20U;

/// Turns the received bytes of one connection into messages. It is 24 bytes, which a connection
/// needs only while it has a buffer (`at_rest`); the buffer is the owner's, who appends received
/// bytes behind `filled` and calls `next` until need_more:
///
///     filled += read(buffer.subspan(filled));
///     for (;;) {
///       event e = assembler.next(decoder, buffer, filled, limit, frames);
///       if (e.what == event::kind::need_more || e.what == event::kind::paused) break;
///       ...
///     }
///
/// Frames are unmasked in place and fragments moved next to one another, so that a message is
/// always one contiguous view. A message that is one frame, as nearly all are, is taken without
/// wslay, which every other frame goes through. Frames that came together are handed out one by one
/// without moving bytes; what is left moves to the front once, at need_more. Then `filled` is zero
/// if nothing is pending, and the owner may give the buffer back to its pool; otherwise it may copy
/// the `filled` bytes to another buffer and go on with that one.
///
/// UTF-8 is checked as it arrives: bad text is refused before its frame is whole. What is skipped
/// of a message above the limit is not checked. After a close or a violation all further bytes are
/// dropped (RFC 6455 1.4, 7.1.7).
class message_assembler {
 public:
  /// The next event in `buffer`, whose first `filled` bytes are what earlier calls left and what
  /// was received since. `limit` is the greatest message in bytes; of a longer one no more than
  /// `oversized_head` bytes are kept. `filled` changes only at
  /// need_more. Buffer and limit are below 2 GiB. `frames` counts down with each frame: a message
  /// may come in thousands of fragments, and at zero the rest has to wait for another call.
  [[nodiscard]] event next(frame_decoder& decoder, std::span<std::byte> buffer, std::size_t& filled,
                           std::size_t limit, std::uint32_t& frames) noexcept;
  /// Part of a message has been handed to `next`: what follows belongs to it.
  [[nodiscard]] bool inside_message() const noexcept { return message_ != opcode::continuation; }
  /// Drops all further bytes, as after a violation.
  void end() noexcept { ended_ = true; }
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  /// It skips the rest of a message that is too long.
  [[nodiscard]] bool skipping() const noexcept { return skips_oversized && skipping_; }
  /// With nothing in the buffer, a new one is as good as this: nothing is under way. (One that has
  /// ended would have to be ended again.)
  [[nodiscard]] bool at_rest() const noexcept { return ended_ || !inside_message(); }

 private:
  bool whole(std::span<std::byte> received, std::size_t limit, event& e) noexcept;
  bool take_frame(event& e, frame_decoder& decoder, std::span<std::byte> buffer,
                  std::size_t& filled, std::size_t limit, std::uint32_t& frames) noexcept;
  void wait(event& e, std::span<std::byte> buffer, std::size_t& filled, std::size_t frame) noexcept;
  void fail(event& e, breach why) noexcept;
  void closed(event& e, std::span<std::byte> payload) noexcept;
  void oversized(event& e, const frame_header& header, std::span<std::byte> buffer,
                 std::size_t& filled, std::size_t limit) noexcept;
  bool skip(std::size_t filled) noexcept;
  bool check_arrived(const frame_header& header, std::span<const std::byte> received) noexcept;

  // buffer: [ ... | assembled | ... | not yet read | free ]
  //              begin_               read_         filled
  std::uint32_t begin_ = 0;
  std::uint32_t assembled_ = 0;
  std::uint32_t read_ = 0;
  std::uint32_t checked_ = 0;  // of a text frame that is not whole: payload that is UTF-8 so far
  opcode message_ = opcode::continuation;  // of the message under way; continuation: none
  bool ended_ = false;
  bool skipping_ = false;    // an oversized message: begin_ counts what is left of a frame
  bool last_frame_ = false;  // of the message that is skipped
  utf8_validator text_;
};
static_assert(sizeof(message_assembler) <= 24, "stands in front of every read buffer");

/// Longest reason of a close frame.
inline constexpr std::size_t max_close_reason = max_control_payload - 2;
/// Bytes that any close frame of a server fits into.
inline constexpr std::size_t max_close_frame = 2 + max_control_payload;

/// Writes a server's close frame and returns its size, or 0 if it does not fit. `close_code::none`
/// gives a frame without code (what a close without code is echoed with). A longer `reason` is cut
/// at a character.
[[nodiscard]] std::size_t write_close(std::span<std::byte> out, std::uint16_t code,
                                      std::string_view reason) noexcept;

}  // namespace musubi::net::websocket
