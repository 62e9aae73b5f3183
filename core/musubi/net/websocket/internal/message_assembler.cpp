#include <algorithm>
#include <cstring>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/websocket/internal/mask.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi::net::websocket {

namespace {

event paused() noexcept {
  event e;
  e.what = event::kind::paused;
  return e;
}

}  // namespace

event message_assembler::wait(std::span<std::byte> buffer, std::size_t& filled,
                              std::size_t frame) noexcept {
  const std::size_t left = filled - read_;
  if (assembled_ != 0 && begin_ != 0) {
    std::memmove(buffer.data(), buffer.data() + begin_, assembled_);
  }
  if (left != 0 && read_ != assembled_) {
    std::memmove(buffer.data() + assembled_, buffer.data() + read_, left);
  }
  begin_ = 0;
  read_ = assembled_;
  filled = assembled_ + left;
  event e;
  e.need = assembled_ + frame;
  return e;
}

event message_assembler::fail(std::uint16_t code, std::string_view reason) noexcept {
  ended_ = true;
  event e;
  e.what = event::kind::violation;
  e.code = code;
  e.reason = reason;
  return e;
}

event message_assembler::closed(std::span<std::byte> payload) noexcept {
  if (payload.size() == 1) return fail(close_code::protocol_error, "close code cut short");
  event e;
  e.what = event::kind::close;
  e.code = close_code::none;
  if (!payload.empty()) {
    e.code = static_cast<std::uint16_t>(std::to_integer<unsigned>(payload[0]) << 8 |
                                        std::to_integer<unsigned>(payload[1]));
    if (!may_be_received(e.code)) return fail(close_code::protocol_error, "invalid close code");
    e.payload = payload.subspan(2);
    if (!is_utf8(e.payload)) return fail(close_code::invalid_text, "close reason is not UTF-8");
  }
  ended_ = true;
  return e;
}

event message_assembler::control(opcode op, std::span<std::byte> payload) noexcept {
  if (op == opcode::close) return closed(payload);
  event e;
  e.what = op == opcode::ping ? event::kind::ping : event::kind::pong;
  e.payload = payload;
  return e;
}

std::string_view message_assembler::check_data_frame(const frame_header& header) const noexcept {
  const bool inside = message_ != opcode::continuation;
  if (header.op == opcode::continuation && !inside) return "continuation of no message";
  if (header.op != opcode::continuation && inside) return "message inside a message";
  return {};
}

event message_assembler::oversized(const frame_header& header, std::span<std::byte> buffer,
                                   std::size_t& filled, std::size_t limit) noexcept {
  const std::size_t wanted = limit < oversized_head ? limit : oversized_head;
  const std::size_t missing = assembled_ < wanted ? wanted - assembled_ : 0;
  const auto more = static_cast<std::size_t>(header.payload < missing ? header.payload : missing);
  if (filled - read_ < header.size + more) return wait(buffer, filled, header.size + more);
  const auto frame = buffer.subspan(read_, header.size + more);
  if (message_ == opcode::continuation) {
    message_ = header.op;
    begin_ = read_ + header.size;
    text_.reset();
  }
  const std::size_t size = assembled_ + more;
  std::byte* const piece = buffer.data() + begin_ + assembled_;
  std::byte mask[4];  // of which the place may be written over
  std::memcpy(mask, frame.data() + header.size - 4, 4);
  for (std::size_t i = 0; i < more; ++i) piece[i] = frame[header.size + i] ^ mask[i % 4];
  event e;
  e.what = message_ == opcode::text ? event::kind::oversized_text : event::kind::oversized_binary;
  e.payload = buffer.subspan(begin_, size);
  if (message_ == opcode::text && !text_.feed({piece, more})) {
    return fail(close_code::invalid_text, "text is not UTF-8");
  }
  read_ += static_cast<std::uint32_t>(frame.size());
  skipping_ = true;
  last_frame_ = header.fin;
  begin_ = static_cast<std::uint32_t>(header.payload - more);
  assembled_ = 0;
  return e;
}

/// Skips what is there of an oversized message's frame; false while there is more to come.
bool message_assembler::skip(std::size_t filled) noexcept {
  const auto taken = static_cast<std::uint32_t>(std::min<std::size_t>(begin_, filled - read_));
  read_ += taken;
  begin_ -= taken;
  if (begin_ != 0) return false;
  if (last_frame_) {
    skipping_ = false;
    message_ = opcode::continuation;
  }
  return true;
}

/// Checks the text that is there of a frame that is not whole; false when it cannot become UTF-8.
bool message_assembler::check_arrived(const frame_header& header,
                                      std::span<const std::byte> received) noexcept {
  const opcode kind = header.op == opcode::continuation ? message_ : header.op;
  if (kind != opcode::text || received.size() <= header.size + checked_) return true;
  if (header.op == opcode::text && checked_ == 0) text_.reset();
  const std::byte* const mask = received.data() + header.size - 4;
  const auto payload = received.subspan(header.size);
  while (checked_ != payload.size()) {
    std::byte some[64];
    const std::size_t count = std::min<std::size_t>(payload.size() - checked_, sizeof some);
    for (std::size_t i = 0; i < count; ++i) {
      some[i] = payload[checked_ + i] ^ mask[(checked_ + i) % 4];
    }
    if (!text_.feed({some, count})) return false;
    checked_ += static_cast<std::uint32_t>(count);
  }
  return true;
}

/// The short way of nearly all messages: a whole one in one frame that is all there, not of the
/// longest kind. False, with nothing done, when the next frame is another, or not in order.
bool message_assembler::whole(std::span<std::byte> received, std::size_t limit, event& e) noexcept {
  if (received.size() < 6) return false;
  const auto first = std::to_integer<unsigned>(received[0]);
  const auto second = std::to_integer<unsigned>(received[1]);
  constexpr unsigned fin = 0x80;
  constexpr unsigned masked = 0x80;
  const bool text = first == (fin | static_cast<unsigned>(opcode::text));
  if (!text && first != (fin | static_cast<unsigned>(opcode::binary))) return false;
  if ((second & masked) == 0) return false;
  std::size_t header = 6;
  std::size_t length = second & ~masked;
  if (length > 125) {
    header = 8;
    length = length == 126 ? std::to_integer<std::size_t>(received[2]) << 8U |
                                 std::to_integer<std::size_t>(received[3])
                           : 0;
    if (length < 126) return false;
  }
  if (length > limit || received.size() < header + length) return false;
  e.payload = received.subspan(header, length);
  read_ += static_cast<std::uint32_t>(header + length);
  e.what = text ? event::kind::text : event::kind::binary;
  const bool ascii = unmask(e.payload, e.payload.data() - 4);
  if (text && !ascii && !is_utf8(e.payload)) {
    message_ = opcode::text;
    e = fail(close_code::invalid_text, "text is not UTF-8");
  }
  return true;
}

event message_assembler::next(frame_decoder& decoder, std::span<std::byte> buffer,
                              std::size_t& filled, std::size_t limit,
                              std::uint32_t& frames) noexcept {
  if (ended_) {
    begin_ = assembled_ = read_ = 0;
    filled = 0;
    return {};
  }
  if (short_ways && message_ == opcode::continuation && checked_ == 0 && !skipping_) {
    if (read_ == filled) return wait(buffer, filled, max_client_header);
    event e;
    if (frames != 0 && decoder.valid() && whole(buffer.subspan(read_, filled - read_), limit, e)) {
      --frames;
      return e;
    }
  }
  for (;;) {
    if (skipping_ && !skip(filled)) {
      read_ = 0;
      filled = 0;
      event e;
      e.need = 1;
      return e;
    }
    const auto received = buffer.subspan(read_, filled - read_);
    const auto [status, header, reason] = read_frame_header(received);
    if (status == header_outcome::kind::violation) return fail(close_code::protocol_error, reason);
    if (status == header_outcome::kind::need_more) return wait(buffer, filled, max_client_header);

    if (!is_control(header.op)) {
      if (const auto bad = check_data_frame(header); !bad.empty()) {
        return fail(close_code::protocol_error, bad);
      }
      if (skipping_) {
        if (received.size() < header.size) return wait(buffer, filled, header.size);
        if (header.payload > longest_skipped) return fail(close_code::too_big, "message too big");
        if (frames == 0) return paused();
        --frames;
        read_ += header.size;
        last_frame_ = header.fin;
        begin_ = static_cast<std::uint32_t>(header.payload);
        continue;
      }
      if (assembled_ > limit || header.payload > limit - assembled_) {
        if (header.payload > longest_skipped) return fail(close_code::too_big, "message too big");
        return oversized(header, buffer, filled, limit);
      }
    }
    const auto total = static_cast<std::size_t>(header.total());
    if (received.size() < total) {
      if (!is_control(header.op) && !check_arrived(header, received)) {
        return fail(close_code::invalid_text, "text is not UTF-8");
      }
      return wait(buffer, filled, total);
    }
    if (frames == 0) return paused();
    --frames;

    const auto frame = received.first(total);
    if (is_control(header.op)) {
      const auto payload = frame.subspan(header.size);
      read_ += static_cast<std::uint32_t>(total);
      if (!decoder.decode(header, frame, payload.data())) {
        return fail(close_code::internal_error, "frame decoder failed");
      }
      return control(header.op, payload);
    }

    if (header.op != opcode::continuation) {
      message_ = header.op;
      begin_ = read_ + header.size;
      if (checked_ == 0) text_.reset();
    }
    read_ += static_cast<std::uint32_t>(total);
    const auto piece =
        buffer.subspan(begin_ + assembled_, static_cast<std::size_t>(header.payload));
    if (!decoder.decode(header, frame, piece.data())) {
      return fail(close_code::internal_error, "frame decoder failed");
    }
    assembled_ += static_cast<std::uint32_t>(piece.size());
    const auto unchecked = piece.subspan(checked_);
    checked_ = 0;
    if (message_ == opcode::text && (!text_.feed(unchecked) || (header.fin && !text_.complete()))) {
      return fail(close_code::invalid_text, "text is not UTF-8");
    }
    if (!header.fin) continue;

    event e;
    e.what = message_ == opcode::text ? event::kind::text : event::kind::binary;
    e.payload = buffer.subspan(begin_, assembled_);
    message_ = opcode::continuation;
    begin_ = assembled_ = 0;
    return e;
  }
}

std::size_t write_close(std::span<std::byte> out, std::uint16_t code,
                        std::string_view reason) noexcept {
  const bool bare = code == close_code::none;
  if (bare) reason = {};
  reason = whole_characters(reason, max_close_reason);
  const std::size_t length = bare ? 0 : 2 + reason.size();
  std::byte header[max_server_header];
  const std::size_t size = write_frame_header(header, opcode::close, true, length);
  if (out.size() < size + length) return 0;
  std::copy_n(header, size, out.data());
  if (bare) return size;
  out[size] = static_cast<std::byte>(code >> 8);
  out[size + 1] = static_cast<std::byte>(code & 0xFFu);
  if (!reason.empty()) std::memcpy(out.data() + size + 2, reason.data(), reason.size());
  return size + length;
}

}  // namespace musubi::net::websocket
