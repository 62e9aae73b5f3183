#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi::test {

/// One event of a connection, written down.
inline std::string told(const net::websocket::event& e) {
  std::string line(1, static_cast<char>('a' + static_cast<int>(e.what)));
  line += std::to_string(e.code);
  line += e.reason;
  line += ':';
  line += e.text();
  line += '\n';
  return line;
}

/// What a connection has to make of the bytes of its client, the slow way that leaves nothing out:
/// every frame is read by wslay, and of every text each byte is checked.
class websocket_oracle {
 public:
  using event = net::websocket::event;
  using opcode = net::websocket::opcode;

  /// The events of `input`, written down; nothing when a message is longer than `limit`.
  static std::optional<std::string> events_of(std::span<const std::byte> input, std::size_t limit) {
    websocket_oracle made;
    while (made.next(input, limit)) {
    }
    if (made.oversized_) return std::nullopt;
    return made.log_;
  }

 private:
  bool next(std::span<const std::byte>& input, std::size_t limit) {
    using net::websocket::header_outcome;
    const auto [status, header, why] = net::websocket::read_frame_header(input);
    if (status == header_outcome::kind::need_more) return false;
    if (status == header_outcome::kind::violation) return fail(1002, line_of(why).text);
    const bool whole = input.size() >= header.total();
    if (is_control(header.op)) {
      if (!whole) return false;
      if (!control(header.op, decoded(header, input))) return false;
    } else {
      if (header.op == opcode::continuation && !inside_) {
        return fail(1002, "continuation of no message");
      }
      if (header.op != opcode::continuation && inside_)
        return fail(1002, "message inside a message");
      if (header.payload > limit - message_.size()) oversized_ = true;
      if (oversized_) return false;
      if (header.op != opcode::continuation) kind_ = header.op;
      inside_ = true;
      if (!whole) return arrived(header, input);
      message_ += decoded(header, input);
      if (kind_ == opcode::text && !could_be_utf8(header.fin)) {
        return fail(1007, "text is not UTF-8");
      }
      if (header.fin)
        say(kind_ == opcode::text ? event::kind::text : event::kind::binary, message_);
      if (header.fin) message_.clear();
      inside_ = !header.fin;
    }
    input = input.subspan(static_cast<std::size_t>(header.total()));
    return true;
  }

  /// Of a frame that is not whole, its text is looked at already.
  bool arrived(const net::websocket::frame_header& header, std::span<const std::byte> input) {
    for (std::size_t i = header.size; i < input.size(); ++i) {
      const auto mask = input[header.size - 4U + (i - header.size) % 4];
      message_ += static_cast<char>(input[i] ^ mask);
    }
    return kind_ == opcode::text && !could_be_utf8(false) ? fail(1007, "text is not UTF-8") : false;
  }
  bool control(opcode op, const std::string& payload) {
    if (op != opcode::close) {
      say(op == opcode::ping ? event::kind::ping : event::kind::pong, payload);
      return true;
    }
    if (payload.size() == 1) return fail(1002, "close code cut short");
    if (payload.empty()) return say(event::kind::close, {}, net::websocket::close_code::none);
    const auto code = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8U |
                                                 static_cast<unsigned char>(payload[1]));
    if (!net::websocket::may_be_received(code)) return fail(1002, "invalid close code");
    if (!net::is_utf8(payload.substr(2))) return fail(1007, "close reason is not UTF-8");
    return say(event::kind::close, payload.substr(2), code);
  }
  [[nodiscard]] bool could_be_utf8(bool ends) const {
    net::utf8_validator check;
    return check.feed(std::as_bytes(std::span(message_))) && (!ends || check.complete());
  }
  static std::string decoded(const net::websocket::frame_header& header,
                             std::span<const std::byte> input) {
    static net::websocket::frame_decoder wslay;
    std::string payload(static_cast<std::size_t>(header.payload), '?');
    if (!wslay.decode(header, input.first(static_cast<std::size_t>(header.total())),
                      std::as_writable_bytes(std::span(payload)).data())) {
      return "wslay cannot read this";
    }
    return payload;
  }
  /// Both answer false: nothing comes after.
  bool fail(std::uint16_t code, std::string_view reason) {
    event e;
    e.what = event::kind::violation;
    e.code = code;
    e.reason = reason;
    log_ += told(e);
    return false;
  }
  bool say(event::kind what, std::string payload, std::uint16_t code = 0) {
    event e;
    e.what = what;
    e.code = code;
    e.payload = std::as_writable_bytes(std::span(payload));
    log_ += told(e);
    return false;
  }

  std::string log_;
  std::string message_;  // what is there of the one under way
  opcode kind_ = opcode::text;
  bool inside_ = false;
  bool oversized_ = false;
};

}  // namespace musubi::test
